import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportDepthMax } from '#lib/otlp/read-export.ts';
import { goldenLogs, goldenTraces } from '#lib/otlp/testing/golden-exports.ts';
import { type MadeSpan, madeAtMs, makeLogs, makeTraces, toBytes } from '#lib/otlp/testing/make-export.ts';
import { writeProtobuf } from '#lib/otlp/testing/write-protobuf.ts';
import { exportRequests } from '#lib/otlp/wire-schema.ts';
import { findSharedData } from '../import/testing/shared-data.ts';
import { type RunningApp, startApp } from '../kill/running-app.ts';

let app: RunningApp;
const dataDir = mkdtempSync(path.join(tmpdir(), 'plimsoll-otlp-'));

beforeAll(async () => {
  app = await startApp({ dataDir });
}, 300_000);
afterAll(async () => {
  await app.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const json = 'application/json';
const protobuf = 'application/x-protobuf';
type Headers = Readonly<Record<string, string>>;

async function send(
  body: Uint8Array,
  type: string,
  { signal = 'traces', headers = {} }: { signal?: string; headers?: Headers } = {},
) {
  const answer = await fetch(`${app.url}/api/otel/v1/${signal}`, {
    method: 'POST',
    headers: { 'x-api-key': app.key, 'content-type': type, ...headers },
    body: new Uint8Array(body),
    redirect: 'manual',
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { status: answer.status, type: answer.headers.get('content-type'), headers: answer.headers, bytes };
}

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

/** Field 1 as a number and field 2 as a text: `google.rpc.Status`, and what is in `partial_success`. */
function readPair(bytes: Uint8Array): { readonly number: number; readonly text: string } {
  const reader = new BinaryReader(bytes);
  let number = 0;
  let text = '';
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    if (field === 1) number = reader.int32();
    else text = reader.string();
  }
  return { number, text };
}

let traces = 0;
const newTrace = () => (++traces).toString(16).padStart(32, '0');

const chat = (agent: string, more: Partial<MadeSpan> = {}): MadeSpan => ({
  id: '1',
  trace: newTrace(),
  attributes: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.response.model': 'claude-sonnet-4-5',
    'gen_ai.agent.name': agent,
    'gen_ai.conversation.id': `session-of-${agent}`,
    'gen_ai.usage.input_tokens': 1_000,
    'gen_ai.usage.output_tokens': 50,
    'gen_ai.usage.cache_read.input_tokens': 800,
  },
  ...more,
});

const tracesOf = (...spans: readonly MadeSpan[]) => makeTraces(spans);
const inProtobuf = (body: ReturnType<typeof makeTraces>) => writeProtobuf(body, exportRequests.traces);

type UsageRow = {
  readonly agent: string;
  readonly model: string;
  readonly calls: number;
  readonly errors: number;
  readonly tokens: Readonly<Record<string, number>>;
  readonly reportedCostUsd: string;
};

async function usageOf(agent: string): Promise<readonly UsageRow[]> {
  const query = 'from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z&bucket=total&groupBy=agent&latency=false';
  const answer = await fetch(`${app.url}/api/usage?${query}`, { headers: { 'x-api-key': app.key } });
  const { rows }: { rows: readonly UsageRow[] } = JSON.parse(await answer.text());
  return rows.filter((row) => row.agent === agent);
}

describe('an export', () => {
  test('in JSON is answered in JSON, and can be read back at once', async () => {
    const { status, type, bytes } = await send(toBytes(tracesOf(chat('json'))), json);
    expect([status, type, textOf(bytes)]).toEqual([200, json, '{}']);
    expect(await usageOf('json')).toMatchObject([
      { calls: 1, tokens: { input: 200, cacheRead: 800, output: 50 } },
    ]);
  });

  test('in protobuf is answered in protobuf', async () => {
    const { status, type, bytes } = await send(inProtobuf(tracesOf(chat('protobuf'))), protobuf);
    expect([status, type, bytes.byteLength]).toEqual([200, protobuf, 0]);
    expect(await usageOf('protobuf')).toMatchObject([{ calls: 1, tokens: { input: 200, cacheRead: 800 } }]);
  });

  test('as exporters of OpenTelemetry write it, of spans and of log records', async () => {
    expect((await send(goldenTraces, protobuf)).status).toBe(200);
    expect((await send(goldenLogs, protobuf, { signal: 'logs' })).status).toBe(200);
    expect(await usageOf('coder')).toMatchObject([
      { calls: 1, tokens: { input: 176, cacheRead: 1_024, output: 85 } },
    ]);
  });

  test.each([
    ['json', json],
    ['protobuf', protobuf],
  ])('packed with gzip, in %s', async (name, type) => {
    const body = tracesOf(chat(`gzip-${name}`));
    const bytes = type === json ? toBytes(body) : inProtobuf(body);
    expect((await send(gzipSync(bytes), type, { headers: { 'content-encoding': 'gzip' } })).status).toBe(200);
    expect(await usageOf(`gzip-${name}`)).toMatchObject([{ calls: 1 }]);
  });

  test('that is empty is taken', async () => {
    for (const signal of ['traces', 'logs', 'metrics']) {
      expect((await send(new Uint8Array(0), protobuf, { signal })).status).toBe(200);
      expect((await send(Buffer.from('{}'), `${json}; charset=utf-8`, { signal })).status).toBe(200);
    }
  });

  test('is taken in chunks without a length, by Authorization, and at an address that ends in a slash', async () => {
    const body = toBytes(tracesOf(chat('chunks')));
    const status = await new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${app.key}`, 'content-type': json };
      const request = http.request(`${app.url}/api/otel/v1/traces/`, { method: 'POST', headers });
      request.on('response', (response) => resolve(response.resume().statusCode));
      request.on('error', reject);
      for (let start = 0; start < body.length; start += 100) request.write(body.subarray(start, start + 100));
      request.end();
    });
    expect(status).toBe(200);
    expect(await usageOf('chunks')).toMatchObject([{ calls: 1 }]);
  });

  test('of more than a thousand spans is taken whole', async () => {
    const many = Array.from({ length: 2_500 }, () => chat('many'));
    expect(
      (
        await send(gzipSync(inProtobuf(tracesOf(...many))), protobuf, {
          headers: { 'content-encoding': 'gzip' },
        })
      ).status,
    ).toBe(200);
    expect(await usageOf('many')).toMatchObject([{ calls: 2_500 }]);
  });
});

describe('a call is counted once', () => {
  test('however often its export is sent, in whichever encoding, by many at once', async () => {
    const body = tracesOf(chat('again'));
    const sends = Array.from({ length: 12 }, (_, index) =>
      index % 2 === 0 ? send(toBytes(body), json) : send(inProtobuf(body), protobuf),
    );
    for (const { status } of await Promise.all(sends)) expect(status).toBe(200);
    expect(await usageOf('again')).toMatchObject([{ calls: 1, tokens: { input: 200 } }]);
  });

  test('when two instrumentations tell it in two exports, and the sum around it in a third', async () => {
    const trace = newTrace();
    const attributes = { ...chat('nested').attributes, 'gen_ai.response.id': 'msg_1' };
    const root = { ...attributes, 'gen_ai.operation.name': 'invoke_agent' };
    await send(toBytes(tracesOf({ id: '3', parent: '2', trace, attributes })), json);
    await send(toBytes(tracesOf({ id: '2', parent: '1', trace, attributes, scope: 'other' })), json);
    await send(toBytes(tracesOf({ id: '1', trace, kind: 1, attributes: root })), json);
    expect(await usageOf('nested')).toMatchObject([{ calls: 1 }]);
  });

  test('when its sender tells it in logs, spans and metrics', async () => {
    const about = {
      'session.id': 'all-three',
      model: 'claude-sonnet-4-5',
      input_tokens: 10,
      output_tokens: 5,
      request_id: 'req_9',
    };
    const scope = 'com.anthropic.claude_code.events';
    const resource = { 'service.name': 'claude-code' };
    const before = (await usageOf('claude-code'))[0]?.calls ?? 0;
    await send(
      toBytes(
        makeTraces(
          [{ id: '1', trace: newTrace(), name: 'claude_code.llm_request', attributes: about }],
          resource,
        ),
      ),
      json,
    );
    await send(toBytes(makeLogs([{ ...about, 'event.name': 'api_request' }], { scope, resource })), json, {
      signal: 'logs',
    });
    const dataPoints = [{ asDouble: 10, timeUnixNano: `${madeAtMs}000000`, attributes: [] }];
    const metrics = [{ name: 'claude_code.token.usage', sum: { dataPoints } }];
    await send(toBytes({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }), json, { signal: 'metrics' });
    expect((await usageOf('claude-code'))[0]?.calls).toBe(before + 1);
  });
});

describe('what cannot be taken of an export', () => {
  const mixed = (agent: string) => {
    const late = { startMs: 400 * 86_400_000 };
    return tracesOf(chat(agent), chat(agent, { trace: '0'.repeat(32) }), chat(agent, late));
  };

  test('is counted in JSON, and the rest is in', async () => {
    const { status, bytes } = await send(toBytes(mixed('partial-json')), json);
    expect(status).toBe(200);
    expect(JSON.parse(textOf(bytes))).toEqual({
      partialSuccess: {
        rejectedSpans: '2',
        errorMessage: expect.stringMatching(/^Span 1: `traceId`.*\(and 1 more\)$/),
      },
    });
    expect(await usageOf('partial-json')).toMatchObject([{ calls: 1 }]);
  });

  test('is counted in protobuf', async () => {
    const { status, bytes } = await send(inProtobuf(mixed('partial-protobuf')), protobuf);
    expect(status).toBe(200);
    const reader = new BinaryReader(bytes);
    expect(reader.tag()[0]).toBe(1);
    expect(readPair(reader.bytes())).toEqual({ number: 2, text: expect.stringContaining('traceId') });
    expect(await usageOf('partial-protobuf')).toMatchObject([{ calls: 1 }]);
  });
});

describe('what is refused is a status in the encoding of its sender', () => {
  const cut = goldenTraces.subarray(0, 300);
  const deep = Buffer.from(`{"a":${'['.repeat(exportDepthMax)}${']'.repeat(exportDepthMax)}}`);
  const bomb = gzipSync(Buffer.alloc(100_000_000));
  const gzip = { 'content-encoding': 'gzip' };
  test.each([
    ['no key', Buffer.from('{}'), { 'x-api-key': '' }, 401, 16],
    ['a wrong key', Buffer.from('{}'), { 'x-api-key': `plim_${'x'.repeat(43)}` }, 401, 16],
    [
      'a cookie instead of a key',
      Buffer.from('{}'),
      { 'x-api-key': '', cookie: 'plimsoll_session=x' },
      401,
      16,
    ],
    ['another encoding', Buffer.from('{}'), { 'content-encoding': 'br' }, 415, 3],
    ['a gzip bomb', bomb, gzip, 413, 8],
    ['a gzip that is cut', bomb.subarray(0, 1_000), gzip, 400, 3],
    ['more than 5 MiB', Buffer.alloc(5 * 1_048_576 + 1, 0x20), {}, 413, 8],
  ] as const)('%s', async (_, body, headers, status, code) => {
    const inJson = await send(body, json, { headers });
    expect([inJson.status, inJson.type]).toEqual([status, json]);
    expect(JSON.parse(textOf(inJson.bytes))).toEqual({ code, message: expect.any(String) });
    const inBytes = await send(body, protobuf, { headers });
    expect([inBytes.status, inBytes.type, readPair(inBytes.bytes).number]).toEqual([status, protobuf, code]);
  });

  test.each([
    ['protobuf that is cut', cut, protobuf],
    ['JSON as protobuf', Buffer.from('{"resourceSpans":[]}'), protobuf],
    ['protobuf as JSON', goldenTraces, json],
    ['JSON that is cut', Buffer.from('{"resourceSpans":['), json],
    ['no body', Buffer.alloc(0), json],
    ['a list', Buffer.from('[]'), json],
    ['a number of spans', Buffer.from('{"resourceSpans":7}'), json],
    ['a list of numbers', Buffer.from('{"resourceSpans":[7]}'), json],
    ['a member that is named twice', Buffer.from('{"resourceSpans":[],"resourceSpans":[]}'), json],
    ['text that is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), json],
    ['too many levels', deep, json],
    ['five million levels', Buffer.alloc(5_000_000, 0x5b), json],
  ])('%s is 400', async (_, body, type) => {
    const answer = await send(body, type);
    expect([answer.status, answer.type]).toEqual([400, type]);
  });

  test('but of an unknown content type, which has no encoding, it is a problem document', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=latin1',
      '',
    ]) {
      const answer = await send(Buffer.from('{}'), type);
      expect([answer.status, answer.type]).toEqual([415, 'application/problem+json']);
    }
  });

  test('a foreign host, another method and another signal', async () => {
    const foreign = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const headers = { host: 'evil.example', 'x-api-key': app.key, 'content-type': json };
      const request = http.request(`${app.url}/api/otel/v1/traces`, { method: 'POST', headers }, resolve);
      request.on('error', reject);
      request.end('{}');
    });
    expect([foreign.statusCode, foreign.headers['content-type']]).toEqual([421, json]);
    foreign.resume();
    const headers = { 'x-api-key': app.key, 'content-type': json };
    expect((await fetch(`${app.url}/api/otel/v1/traces`, { headers })).status).toBe(405);
    expect((await send(Buffer.from('{}'), json, { signal: 'profiles' })).status).toBe(404);
  });
});

test('a page of another site cannot send, and a key needs no browser to be believed', async () => {
  const site = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  expect((await send(Buffer.from('{}'), json, { headers: { ...site, 'x-api-key': '' } })).status).toBe(401);
  expect((await send(Buffer.from('{}'), json, { headers: site })).status).toBe(200);
});

test('no hostile body makes the server fail', async () => {
  const seen = new Set<number>();
  const note = async (body: Uint8Array, type: string, signal: string) => {
    seen.add((await send(body, type, { signal })).status);
  };
  for (const signal of ['traces', 'logs', 'metrics']) {
    const golden = signal === 'logs' ? goldenLogs : goldenTraces;
    for (let at = 0; at < golden.length; at += 3) {
      const changed = Buffer.from(golden);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      await note(changed, protobuf, signal);
    }
  }
  const values: readonly unknown[] = [
    null,
    true,
    -1,
    1e308,
    '',
    '\0',
    '\ud800',
    [],
    {},
    { stringValue: 7 },
    'x'.repeat(100_000),
    { kvlistValue: { values: [{ key: '__proto__', value: { stringValue: 'x' } }] } },
  ];
  const spanFields = [
    'traceId',
    'spanId',
    'parentSpanId',
    'name',
    'kind',
    'startTimeUnixNano',
    'endTimeUnixNano',
    'attributes',
    'events',
    'status',
  ];
  for (const [position, value] of values.entries()) {
    const spans = spanFields.map((field) => ({ ...spanOf(chat(`hostile-${position}`)), [field]: value }));
    const named = Object.keys(chat('x').attributes).map((key) => ({
      ...spanOf(chat(`hostile-${position}`)),
      attributes: [
        { key, value },
        { key: 'gen_ai.usage.output_tokens', value },
      ],
    }));
    await note(
      Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [...spans, ...named] }] }] })),
      json,
      'traces',
    );
    await note(
      Buffer.from(JSON.stringify({ resourceSpans: [{ resource: value, scopeSpans: value }] })),
      json,
      'traces',
    );
    await note(
      Buffer.from(
        JSON.stringify({
          resourceLogs: [
            {
              scopeLogs: [
                {
                  scope: { name: 'codex_otel' },
                  logRecords: [{ body: value, attributes: value, timeUnixNano: value }],
                },
              ],
            },
          ],
        }),
      ),
      json,
      'logs',
    );
  }
  for (const status of seen) expect([200, 400]).toContain(status);
  expect((await fetch(`${app.url}/api/health/ready`)).status).toBe(200);
}, 120_000);

function spanOf(span: MadeSpan): Readonly<Record<string, unknown>> {
  const [ofResource] = JSON.parse(JSON.stringify(makeTraces([span]))).resourceSpans;
  return ofResource.scopeSpans[0].spans[0];
}

test('what was said is in its session, without its secrets', async () => {
  const secret = `sk-ant-api03-${'Ab3'.repeat(31)}AA`;
  const said = JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: `My key is ${secret}` }] }]);
  const { attributes } = chat('talker');
  const span = chat('talker', { attributes: { ...attributes, 'gen_ai.input.messages': said } });
  expect((await send(toBytes(tracesOf(span)), json)).status).toBe(200);
  const answer = await fetch(`${app.url}/api/sessions/session-of-talker/messages?from=0`, {
    headers: { 'x-api-key': app.key },
  });
  const text = await answer.text();
  expect(text).toContain('My key is [redacted:');
  expect(text).not.toContain(secret);
});

test('a database that stops answering is 503 with Retry-After, which is what senders retry on', async () => {
  const body = tracesOf(chat('paused'));
  app.pausePostgres();
  try {
    for (const [bytes, type] of [
      [toBytes(body), json],
      [inProtobuf(body), protobuf],
    ] as const) {
      const answer = await send(bytes, type);
      expect([answer.status, answer.type]).toEqual([503, type]);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  } finally {
    app.resumePostgres();
  }
  const deadline = performance.now() + 5_000;
  let status = 503;
  while (status !== 200 && performance.now() < deadline) {
    status = (await send(toBytes(body), json)).status;
    await pause(50);
  }
  expect(status).toBe(200);
  expect(await usageOf('paused')).toMatchObject([{ calls: 1 }]);
}, 30_000);

const folder = path.join(findSharedData() ?? '', 'otlp');
const isHere = findSharedData() !== null && existsSync(folder);
const realName = isHere ? 'real exports' : 'real exports (skipped: the folder of real exports is not here)';

describe.skipIf(!isHere)(realName, () => {
  const agents: Readonly<Record<string, string>> = {
    'ai-sdk7-json': 'weather-agent',
    'claude-code-json': 'claude-code',
    'codex-json': 'codex',
    'gemini-cli': 'gemini-cli',
  };

  test.each(Object.entries(agents))(
    'of %s, sent three times, come to the true totals',
    async (client, agent) => {
      const before = sumOf(await usageOf(agent));
      const files = readdirSync(path.join(folder, client)).filter((file) =>
        /\d-(?:traces|logs|metrics)\.json$/.test(file),
      );
      for (let round = 0; round < 3; round++) {
        for (const file of files) {
          const signal = /-(\w+)\.json$/.exec(file)?.[1] ?? '';
          const { status, bytes } = await send(readFileSync(path.join(folder, client, file)), json, {
            signal,
          });
          expect([status, textOf(bytes)]).toEqual([200, '{}']);
        }
      }
      const { totals } = JSON.parse(readFileSync(path.join(folder, client, 'expected.json'), 'utf8'));
      // The embedding is a call of no agent: its service stands for one.
      const others = client === 'ai-sdk7-json' ? sumOf(await usageOf('acceptance-ai-sdk7')) : nothing;
      const after = sumOf(await usageOf(agent));
      const names = Object.keys(nothing) as (keyof typeof nothing)[];
      const grown = Object.fromEntries(
        names.map((name) => [name, after[name] - before[name] + others[name]]),
      );
      expect(grown).toEqual({
        calls: totals.events,
        input: totals.input_uncached,
        cacheRead: totals.cache_read,
        cacheWrite: totals.cache_write,
        output: totals.output_total,
      });
    },
  );
});

const nothing = { calls: 0, input: 0, cacheRead: 0, cacheWrite: 0, output: 0 };

function sumOf([row]: readonly UsageRow[]): typeof nothing {
  if (row === undefined) return nothing;
  const { input = 0, cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0, output = 0 } = row.tokens;
  return { calls: row.calls, input, cacheRead, cacheWrite: cacheWrite5m + cacheWrite1h, output };
}

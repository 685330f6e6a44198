import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../kill/running-app.ts';

let app: RunningApp;
const dataDir = mkdtempSync(path.join(tmpdir(), 'plimsoll-http-'));

beforeAll(async () => {
  app = await startApp({ dataDir });
}, 300_000);
afterAll(async () => {
  await app.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const usage = (id: string, more: object = {}) => ({
  type: 'usage',
  id,
  ts: '2026-11-20T10:00:00Z',
  agent: 'coder',
  session: 'session-1',
  source: 'direct',
  provider: 'anthropic',
  model: 'claude-sonnet-4-5',
  inputTokens: 10,
  outputTokens: 1,
  ...more,
});

type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
};

async function send(
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const answer = await fetch(`${app.url}/api/ingest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.key}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) };
}

/** A request that `fetch` would not let us send. */
function sendRaw(lines: readonly string[], body = ''): Promise<string> {
  const { hostname, port } = new URL(app.url);
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: hostname, port: Number(port) });
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      if (answer.includes('\r\n\r\n')) socket.destroy();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  });
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);

describe('a batch', () => {
  test('is accepted once, and a second time it is a duplicate', async () => {
    const body = JSON.stringify({ events: [usage('once')] });
    expect(await send(body)).toMatchObject({ status: 200, body: { accepted: 1, duplicates: 0 } });
    expect(await send(body)).toMatchObject({ status: 200, body: { accepted: 0, duplicates: 1 } });
  });

  test('with some bad items is 207, and the good ones are in', async () => {
    const { status, body } = await send(JSON.stringify([usage('good'), usage('bad', { inputTokens: -1 })]));
    expect(status).toBe(207);
    expect(body).toMatchObject({
      accepted: 1,
      rejected: 1,
      results: [
        { index: 0, id: 'good', status: 'accepted' },
        { index: 1, id: 'bad', status: 'rejected', code: 'out_of_range', field: 'inputTokens' },
      ],
    });
  });

  test('with nothing valid is 422 and says why', async () => {
    const { status, headers, body } = await send(JSON.stringify([usage('bad', { model: 7 })]));
    expect(status).toBe(422);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({
      type: 'urn:plimsoll:problem:invalid_items',
      title: 'No event of the batch is valid',
      status: 422,
      code: 'invalid_items',
      detail: expect.stringContaining('`model`'),
      accepted: 0,
      rejected: 1,
    });
  });

  test('may be packed, and may come in chunks without a length', async () => {
    const packed = gzipSync(JSON.stringify([usage('packed')]));
    expect(await send(packed, { 'content-encoding': 'gzip' })).toMatchObject({ status: 200 });
    const status = await new Promise((resolve, reject) => {
      const request = http.request(`${app.url}/api/ingest`, {
        method: 'POST',
        headers: { authorization: `Bearer ${app.key}`, 'content-type': 'application/x-ndjson' },
      });
      request.on('response', (response) => resolve(response.resume().statusCode));
      request.on('error', reject);
      const text = `${JSON.stringify(usage('chunk-1'))}\n${JSON.stringify(usage('chunk-2'))}\n`;
      for (let start = 0; start < text.length; start += 50) request.write(text.slice(start, start + 50));
      request.end();
    });
    expect(status).toBe(200);
  });

  test('is read also when it offers an upgrade to HTTP/2, as Java does with each request', async () => {
    const body = JSON.stringify([usage('from-java')]);
    const answer = await sendRaw(
      [
        'POST /api/ingest HTTP/1.1',
        'Host: localhost',
        `Authorization: Bearer ${app.key}`,
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
        'Connection: Upgrade, HTTP2-Settings',
        'Upgrade: h2c',
        'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
      ],
      body,
    );
    expect(statusOf(answer)).toBe(200);
  });

  test('is read back at once', async () => {
    await send(JSON.stringify([usage('now', { agent: 'reader', costUsd: '0.25' })]));
    const query = 'from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&bucket=total&groupBy=agent';
    const answer = await fetch(`${app.url}/api/usage?${query}`, { headers: { 'x-api-key': app.key } });
    const { rows } = JSON.parse(await answer.text());
    expect(rows).toContainEqual(
      expect.objectContaining({ agent: 'reader', calls: 1, reportedCostUsd: '0.25' }),
    );
  });
});

describe('what is refused', () => {
  test.each([
    ['no key', {}, { authorization: '' }, 401, 'unauthenticated'],
    ['a wrong key', {}, { authorization: `Bearer plim_${'x'.repeat(43)}` }, 401, 'unauthenticated'],
    ['another media type', {}, { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['brotli', {}, { 'content-encoding': 'br' }, 415, 'unsupported_encoding'],
    ['a stack of encodings', {}, { 'content-encoding': 'gzip, gzip' }, 415, 'unsupported_encoding'],
    ['what is not gzip', {}, { 'content-encoding': 'gzip' }, 400, 'bad_request'],
  ])('%s', async (_, body, headers, status, code) => {
    expect(await send(JSON.stringify(body), headers)).toMatchObject({ status, body: { code } });
  });

  test.each([
    ['a gzip bomb', gzipSync(Buffer.alloc(100_000_000)), { 'content-encoding': 'gzip' }, 413],
    [
      'a cut gzip',
      gzipSync(JSON.stringify([usage('cut')])).subarray(0, 40),
      { 'content-encoding': 'gzip' },
      400,
    ],
    ['more than 5 MiB', Buffer.alloc(5 * 1_048_576 + 1, 0x20), {}, 413],
    ['bad UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), {}, 400],
    ['five million levels', Buffer.alloc(5_000_000, 0x5b), {}, 400],
  ])('%s', async (_, body, headers, status) => {
    expect((await send(body, headers)).status).toBe(status);
  });

  test('a body longer than 5 MiB in chunks, without reading it all', async () => {
    const status = await new Promise((resolve) => {
      const request = http.request(`${app.url}/api/ingest`, {
        method: 'POST',
        headers: { authorization: `Bearer ${app.key}`, 'content-type': 'application/json' },
      });
      request.on('response', (response) => resolve(response.resume().statusCode));
      // The server closes while we still write.
      request.on('error', () => resolve(413));
      for (let chunk = 0; chunk < 100; chunk++) request.write(Buffer.alloc(100_000, 0x20));
      request.end();
    });
    expect(status).toBe(413);
  });

  test.each([
    ['a foreign host', 'evil.example', 421],
    ['a host that looks like ours', 'localhost.evil.example', 421],
    ['no host', '', 400],
  ])('%s', async (_, host, status) => {
    const hostLine = host === '' ? [] : [`Host: ${host}`];
    const answer = await sendRaw(['GET /api/health/live HTTP/1.1', ...hostLine, 'Connection: close']);
    expect([status, 421]).toContain(statusOf(answer));
  });

  test('a length and chunks at once, and two lengths', async () => {
    const head = ['POST /api/ingest HTTP/1.1', 'Host: localhost', `Authorization: Bearer ${app.key}`];
    expect(statusOf(await sendRaw([...head, 'Content-Length: 2', 'Transfer-Encoding: chunked'], '[]'))).toBe(
      400,
    );
    expect(statusOf(await sendRaw([...head, 'Content-Length: 2', 'Content-Length: 3'], '[]'))).toBe(400);
  });

  test.each(['/api/sessions/%E0', '/sessions/%', '/%c0%af'])('the path %s, which is no text', async (bad) => {
    const answer = await sendRaw([`GET ${bad} HTTP/1.1`, 'Host: localhost', 'Connection: close']);
    expect(statusOf(answer)).toBe(400);
  });

  test('another method, an unknown path, the image optimizer and an upgrade', async () => {
    const headers = { authorization: `Bearer ${app.key}` };
    expect((await fetch(`${app.url}/api/ingest`, { headers })).status).toBe(405);
    expect((await fetch(`${app.url}/api/nothing`, { headers })).status).toBe(404);
    expect((await fetch(`${app.url}/api/nothing`, { headers, method: 'OPTIONS' })).status).toBe(404);
    const root = await fetch(`${app.url}/api`, { headers });
    expect([root.status, root.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect((await fetch(`${app.url}/_next/image?url=/icon.svg&w=64&q=75`)).status).toBe(404);
    const upgrade = ['GET / HTTP/1.1', 'Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket'];
    expect(statusOf(await sendRaw(upgrade))).not.toBe(101);
  });
});

test.each([
  ['/api/ingest', 'POST, OPTIONS'],
  ['/api/otel/v1/logs', 'POST, OPTIONS'],
  ['/api/live', 'GET, OPTIONS'],
  ['/api/holds', 'POST, OPTIONS'],
  ['/api/usage', 'GET, HEAD, OPTIONS'],
  ['/api/budgets/1', 'GET, HEAD, PATCH, DELETE, OPTIONS'],
  ['/api/health/ready', 'GET, HEAD, OPTIONS'],
  ['/api/openapi.json', 'GET, HEAD, OPTIONS'],
])('%s tells its methods: %s', async (at, allow) => {
  const headers = { authorization: `Bearer ${app.key}` };
  const told = await fetch(`${app.url}${at}`, { method: 'OPTIONS' });
  expect([told.status, told.headers.get('allow')]).toEqual([204, allow]);
  const refused = await fetch(`${app.url}${at}`, { method: 'PUT', headers });
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, allow]);
  expect(await refused.json()).toMatchObject({ code: 'method_not_allowed' });
});

test.each(['TRACE', 'PROPFIND'])('the method %s is refused with a problem document', async (method) => {
  const answer = await sendRaw([`${method} /api/usage HTTP/1.1`, 'Host: localhost', 'Connection: close']);
  expect(statusOf(answer)).toBe(405);
  expect(answer).toContain('application/problem+json');
  expect(answer).toMatch(/^allow: GET/im);
});

test('an address that is sent whole, as through a proxy, is answered for the host that it names', async () => {
  const answer = await sendRaw([`GET ${app.url}/api/health/live HTTP/1.1`, 'Host: ignored.example']);
  expect(statusOf(answer)).toBe(200);
  for (const target of ['http://other.example/api/health/live', 'http://other.example/login']) {
    expect(statusOf(await sendRaw([`GET ${target} HTTP/1.1`, 'Host: localhost']))).toBe(421);
  }
  expect(statusOf(await sendRaw(['OPTIONS * HTTP/1.1', 'Host: localhost']))).toBe(400);
});

test('no hostile event makes the server fail', async () => {
  const values: readonly string[] = [
    'null',
    'true',
    '-1',
    '1e400',
    '-0',
    '9007199254740993',
    '""',
    '"\\u0000"',
    '"\\ud800"',
    '[]',
    '{}',
    '{"__proto__":{"x":1}}',
    '{"constructor":1}',
    '"1e309"',
    '"2026-02-30T00:00:00Z"',
    '"\\u202e"',
    `"${'x'.repeat(100_000)}"`,
    '[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]',
    '"\'; drop table usage_events; --"',
    '"{{7*7}}"',
    '"<img src=x onerror=alert(1)>"',
    '{"a":1e308}',
    '0.1',
    '"0.1"',
    '"NaN"',
    '"Infinity"',
  ];
  const fields = [
    ...Object.keys(usage('x')),
    'costUsd',
    'latencyMs',
    'attributes',
    'cacheWriteTokens',
    'error',
    'content',
    'role',
    'gauges',
    'holdId',
  ];
  const types = ['usage', 'message', 'operation', 'heartbeat'];
  const seen = new Set<number>();
  for (const field of fields) {
    const items = types.flatMap((type) =>
      values.map((value, index) => {
        const event: Record<string, unknown> = { ...usage(`${field}-${type}-${index}`), type };
        delete event[field];
        return `{${JSON.stringify(event).slice(1, -1)},${JSON.stringify(field)}:${value}}`;
      }),
    );
    const { status } = await send(`[${items.join(',')}]`);
    seen.add(status);
  }
  for (const status of seen) expect([200, 207, 422, 400]).toContain(status);
  expect((await fetch(`${app.url}/api/health/ready`)).status).toBe(200);
}, 60_000);

test('a database that stops answering is 503 within 2 s, and everything goes on when it answers again', async () => {
  app.pausePostgres();
  try {
    const started = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => send(JSON.stringify([usage(`paused-${index}`)]))),
    );
    expect(performance.now() - started).toBeLessThan(2_500);
    for (const { status, headers } of answers) {
      expect(status).toBe(503);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const again = performance.now();
    expect((await send(JSON.stringify([usage('paused-9')]))).status).toBe(503);
    expect(performance.now() - again).toBeLessThan(500);
    expect((await fetch(`${app.url}/api/health/live`)).status).toBe(200);
    const ready = await fetch(`${app.url}/api/health/ready`);
    expect(ready.status).toBe(503);
    expect(Number(ready.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await ready.json()).toMatchObject({ status: 503, code: 'database_unavailable' });
    const page = await fetch(`${app.url}/sessions`);
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('tries again');
  } finally {
    app.resumePostgres();
  }
  const deadline = performance.now() + 5_000;
  let status = 503;
  while (status !== 200 && performance.now() < deadline) {
    status = (await send(JSON.stringify([usage('after-pause')]))).status;
    await pause(50);
  }
  expect(status).toBe(200);
}, 30_000);

test('every answer carries the security headers, and pages a policy with a nonce of their own', async () => {
  const data = await fetch(`${app.url}/api/health/live`);
  expect(data.headers.get('x-content-type-options')).toBe('nosniff');
  expect(data.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(data.headers.get('x-powered-by')).toBeNull();
  const nonces = new Set<string>();
  for (let visit = 0; visit < 2; visit++) {
    const page = await fetch(`${app.url}/login`);
    const nonce =
      /script-src 'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1] ?? '';
    const scripts = (await page.text()).match(/<script[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
    nonces.add(nonce);
    const program = /src="([^"]+\.js)"/.exec(scripts.join('\n'))?.[1] ?? '';
    // A worker obeys this policy instead of its page's: it may load its own pieces, and ask and reach nothing.
    const file = await fetch(`${app.url}${program}`);
    expect(file.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    );
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("worker-src 'self';");
    expect(policy).not.toMatch(/unsafe|blob:|\*/);
  }
  expect(nonces.size).toBe(2);
});

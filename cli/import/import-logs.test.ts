import { describe, expect, test } from 'vitest';
import type { ImportEvent } from '#lib/importers/log-reader.ts';
import { collector } from './testing/collector.ts';
import { fixture } from './testing/fixtures.ts';
import { takeLogs } from './testing/take-logs.ts';

async function read(path: string) {
  const store = collector();
  const run = await takeLogs([fixture(path)], { store });
  const of = <Type extends ImportEvent['type']>(type: Type) =>
    store.events.filter((event): event is Extract<ImportEvent, { type: Type }> => event.type === type);
  return { run, usage: of('usage'), messages: of('message'), operations: of('operation') };
}

const session = '5f0c1a52-8a30-4f0e-9d5c-0c6f2a7b1e01';

describe('Claude Code', () => {
  test('an answer of three lines is one call with its last figures', async () => {
    const { usage } = await read('claude');
    const first = usage.filter(({ id }) => id === 'claude:msg_01:req_01');
    expect(first).toMatchObject([
      {
        outputTokens: 120,
        inputTokens: 4,
        cacheReadTokens: 20_000,
        cacheWriteTokens: { '5m': 1_000, '1h': 3_000 },
        inputIncludesCache: false,
        ts: '2026-10-05T09:00:05.500Z',
        latencyMs: 5_500,
        attributes: { cwd: '/home/ada/boat' },
      },
    ]);
  });

  test('a sub-agent that is in progress lines and in its own file is counted once, as a subagent', async () => {
    const { run, usage } = await read('claude');
    expect(
      usage.filter(({ source }) => source === 'subagent').map(({ id, session: of }) => [id, of]),
    ).toEqual([
      ['claude:msg_sub:req_sub', `${session}:agent-b77`],
      ['claude:msg_sub2:req_sub2', `${session}:agent-b77`],
    ]);
    expect(run.tally.tools()[0]?.calls).toBe(5);
  });

  test('every line is a message of its kind, in the order of the file', async () => {
    const { messages } = await read('claude');
    const main = messages.filter((message) => message.session === session);
    expect(main.map(({ role, kind, toolName }) => [role, kind, toolName])).toEqual([
      ['user', 'text', undefined],
      ['assistant', 'thinking', undefined],
      ['assistant', 'text', undefined],
      ['assistant', 'tool_call', 'Read'],
      ['tool', 'tool_result', 'Read'],
      ['assistant', 'text', undefined],
      ['assistant', 'text', undefined],
      ['system', 'text', undefined],
      ['user', 'summary', undefined],
      ['assistant', 'text', undefined],
    ]);
  });

  test('an image is a stub with its type and its true size', async () => {
    const { messages } = await read('claude');
    const result = messages.find(({ kind }) => kind === 'tool_result');
    expect(result?.content).toEqual([
      { type: 'text', text: '1 image' },
      { type: 'image', mediaType: 'image/png', bytes: 70, text: '[image/png, 70 bytes]' },
    ]);
    expect(result?.bytes).toBe(70 + JSON.stringify([{ type: 'text', text: '1 image' }]).length);
  });

  test('tools, turns and compactions are timed', async () => {
    const { operations } = await read('claude');
    expect(
      operations.map(({ kind, name, durationMs, tokensBefore }) => [kind, name, durationMs, tokensBefore]),
    ).toEqual([
      ['tool', 'Read', 500, undefined],
      ['request', 'turn', 30_100, undefined],
      ['compact', 'compaction (auto)', 60_000, 150_000],
    ]);
  });

  test('what a tool printed about usage is no call, nor is the text of an error', async () => {
    const { run } = await read('claude');
    expect(run.tally.days().map(({ day, model, calls }) => [day, model, calls])).toEqual([
      ['2026-10-05', 'claude-haiku-4-5-20251001', 2],
      ['2026-10-05', 'claude-opus-4-6', 2],
      ['2026-10-06', 'claude-opus-4-6', 1],
    ]);
  });

  test('a broken line is counted with its reason', async () => {
    const { run } = await read('claude');
    expect([...(run.tally.tools()[0]?.skipped ?? [])]).toEqual([['not JSON', 1]]);
  });
});

describe('Codex', () => {
  test('totals that are written twice are counted once, also after they began anew', async () => {
    const { usage } = await read('codex/sessions/2026/10/05');
    expect(
      usage.map(({ inputTokens, cacheReadTokens, outputTokens }) => [
        inputTokens,
        cacheReadTokens,
        outputTokens,
      ]),
    ).toEqual([
      [4_000, 1_000, 200],
      [5_000, 4_000, 60],
      [1_500, 0, 50],
    ]);
  });

  test.each([['codex/sessions'], ['codex/sessions/2026/10/06']])(
    'a fork brings only its own calls beside its parent: %s',
    async (path) => {
      const { run, usage } = await read(path);
      const alone = path.endsWith('06');
      expect(usage).toHaveLength(alone ? 3 : 4);
      expect(run.tally.tools()[0]?.input).toBe(alone ? 3_000 + 1_000 + 1_000 : 6_500);
    },
  );

  test('what is said both as an event and as an item is one message', async () => {
    const { messages } = await read('codex/sessions/2026/10/05');
    expect(messages.map(({ kind, role, toolName, content }) => [kind, role, toolName, content])).toEqual([
      ['text', 'user', undefined, 'Weigh the anchor.'],
      ['thinking', 'assistant', undefined, '**Find the windlass**'],
      ['thinking', 'assistant', undefined, '[encrypted reasoning, 6 bytes]'],
      ['tool_call', 'assistant', 'shell', '{"command":["ls","deck"]}'],
      ['tool_result', 'tool', 'shell', expect.stringContaining('windlass')],
      ['text', 'assistant', undefined, 'The anchor is up.'],
    ]);
  });

  test('a tool takes the time that its output names', async () => {
    const { operations } = await read('codex/sessions/2026/10/05');
    expect(operations).toMatchObject([{ name: 'shell', durationMs: 400, status: 'ok' }]);
  });
});

describe('OpenClaw', () => {
  test('cached Google tokens are taken out of input, others are beside it', async () => {
    const { run } = await read('openclaw');
    expect(
      run.tally.days().map(({ model, calls, input, cacheRead }) => [model, calls, input, cacheRead]),
    ).toEqual([
      ['claude-haiku-4-5', 4, 1_000 + 50 + 700, 5_000 + 9_000],
      ['gemini-3-flash-preview', 1, 5_000, 4_000],
    ]);
  });

  test('heartbeats are told by their prompt, cron runs by the key of their session', async () => {
    const { usage } = await read('openclaw');
    expect(usage.map(({ source, status }) => [source, status])).toEqual([
      ['direct', 'ok'],
      ['direct', 'ok'],
      ['heartbeat', 'ok'],
      ['heartbeat', 'error'],
      ['cron', 'ok'],
    ]);
  });

  test('a copy that the gateway delivered is a message and no call', async () => {
    const { messages, usage } = await read('openclaw');
    expect(messages.filter(({ content }) => content === 'Off the point.')).toHaveLength(2);
    expect(usage.some(({ model }) => model === 'delivery-mirror')).toBe(false);
  });

  test('a reset session is read too, and the agent is its folder', async () => {
    const { messages } = await read('openclaw');
    expect(new Set(messages.map(({ session: of }) => of)).size).toBe(2);
    expect(new Set(messages.map(({ agent }) => agent))).toEqual(new Set(['main']));
  });

  test('an answer with a thought and a tool call is two messages; the call has its time', async () => {
    const { messages, operations, usage } = await read('openclaw');
    expect(messages.slice(1, 4).map(({ id, kind, toolName }) => [id, kind, toolName])).toEqual([
      ['00000003', 'thinking', undefined],
      ['00000003:1', 'tool_call', 'gateway'],
      ['00000004', 'tool_result', 'gateway'],
    ]);
    expect(operations).toMatchObject([
      { name: 'gateway', durationMs: 800 },
      { name: 'compaction', tokensBefore: 9_055 },
    ]);
    expect(usage[0]).toMatchObject({ latencyMs: 2_000, costUsd: 0.00225 });
  });
});

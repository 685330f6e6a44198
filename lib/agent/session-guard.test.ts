import { describe, expect, test, vi } from 'vitest';
import type { OperationNote } from './agent-event.ts';
import { weighHistory } from './hold-history.ts';
import { SessionGuard } from './session-guard.ts';
import type { SummaryRequest } from './summarise-by-extract.ts';
import {
  assistant,
  brokenPairs,
  call,
  result,
  system,
  type TestMessage,
  user,
  words,
} from './testing/chat.ts';
import { gatewaySchema } from './testing/gateway-schema.ts';

const small = { bytesMax: 20_000, tokensMax: 10_000, summaryBytesMax: 1_000 } as const;
const longChat = (turns: number): readonly TestMessage[] =>
  Array.from({ length: turns }, (_, index) => [
    user(`turn ${index} ${words(200)}`),
    assistant(words(200)),
  ]).flat();

describe('SessionGuard', () => {
  test('35 turns with a 396 KB result each stay under 500 KB and a 200,000-token window', async () => {
    const guard = new SessionGuard<TestMessage>();
    const schema = gatewaySchema();
    let history: readonly TestMessage[] = [system('You are a bot.')];
    for (let turn = 0; turn < 35; turn++) {
      // Each a little different, so that repeats do not do the work.
      const answer = schema.replace('2026.2.1', `2026.2.${turn}`);
      history = [
        ...history,
        user(`question ${turn}`),
        call(`c${turn}`, 'gateway', { action: 'config.schema' }),
        result(`c${turn}`, answer),
      ];
      const { messages, report } = await guard.fit(history);
      history = [...messages, assistant('done')];
      expect(report.bytesAfter).toBeLessThan(500_000);
      expect(report.tokensAfter).toBeLessThan(200_000);
    }
    expect(weighHistory(history).bytes).toBeLessThan(60_000);
    expect(brokenPairs(history)).toBe(0);
  });

  test('a long chat is summed up: the newest turns stay, the past is one message', async () => {
    const guard = new SessionGuard<TestMessage>(small);
    const { messages, report } = await guard.fit([system('s'), ...longChat(40)]);
    expect(report).toMatchObject({ compaction: 'done', fits: true, leftOut: 0 });
    expect(report.summedUp).toBe(80 - (messages.length - 2));
    expect(messages[1]?.content).toMatch(
      /^\[Earlier in this session: 7\d messages summed up, 0 left out\.\]/,
    );
    expect(messages.at(-1)).toEqual(assistant(words(200)));
  });

  test('the next compaction goes on from the first summary and counts on', async () => {
    const requests: SummaryRequest<TestMessage>[] = [];
    const summarise = async (request: SummaryRequest<TestMessage>) => {
      requests.push(request);
      return `summary ${requests.length}`;
    };
    const guard = new SessionGuard<TestMessage>({ ...small, summarise });
    const first = await guard.fit(longChat(30));
    const second = await guard.fit([...first.messages, ...longChat(30)]);
    expect(requests.at(-1)?.previous).toBe('summary 1');
    expect(second.messages[0]?.content).toContain('summary 2');
    const markers = second.messages.filter(({ content }) => content.startsWith('[Earlier in this session'));
    expect(markers).toHaveLength(1);
  });

  test('a host that sends its whole history each time has it summed up once', async () => {
    let summaries = 0;
    const summarise = async () => `summary ${++summaries}`;
    const guard = new SessionGuard<TestMessage>({ ...small, summarise, summariserTokensMax: 1_000_000 });
    const history = longChat(40);
    const first = await guard.fit(history);
    const second = await guard.fit([...history, user('one more')]);
    expect(summaries).toBe(1);
    expect(second.messages).toEqual([...first.messages, user('one more')]);
    const other = await guard.fit(longChat(41).slice(2));
    expect(other.report.compaction).toBe('done');
    await guard.fit([...history, ...longChat(40)]);
    expect(summaries).toBeGreaterThan(2);
  });

  test('no request to the summariser is larger than it takes, and a giant round is split off', async () => {
    const sizes: number[] = [];
    const summarise = async ({ messages }: SummaryRequest<TestMessage>) => {
      sizes.push(weighHistory(messages).tokens);
      return 'short';
    };
    const guard = new SessionGuard<TestMessage>({
      ...small,
      summarise,
      summariserTokensMax: 2_000,
      resultBytesMax: 10_000_000,
    });
    await guard.fit([user('a'), call('x', 'dump'), result('x', words(50_000)), ...longChat(60)]);
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2_000);
  });

  test.each([
    ['throws', async () => Promise.reject(new Error('model is down')), 'model is down'],
    ['answers nothing', async () => ' ', 'The summariser gave no text.'],
  ])('a summariser that %s: the oldest are left out, and it is said', async (_, summarise, failure) => {
    const notes: OperationNote[] = [];
    const guard = new SessionGuard<TestMessage>({
      ...small,
      summarise,
      onOperation: (note) => notes.push(note),
    });
    const { messages, report } = await guard.fit([system('s'), ...longChat(40)]);
    expect(report).toMatchObject({ compaction: 'failed', failure, fits: true });
    expect(report.leftOut).toBe(80 - (messages.length - 2));
    expect(messages[1]?.content).toContain(`${report.leftOut} left out`);
    expect(notes.map(({ kind, status }) => [kind, status])).toEqual([
      ['compact', 'error'],
      ['prune', undefined],
    ]);
  });

  test('a summariser that hangs is given up after its time, or at close', async () => {
    vi.useFakeTimers();
    try {
      const hang = () => new Promise<string>(() => {});
      const guard = new SessionGuard<TestMessage>({ ...small, summarise: hang, summariserTimeoutMs: 1_000 });
      const late = guard.fit(longChat(40));
      await vi.advanceTimersByTimeAsync(1_000);
      expect((await late).report).toMatchObject({
        compaction: 'failed',
        failure: 'The summariser took longer than 1000 ms.',
        fits: true,
      });
      const closed = guard.fit(longChat(40));
      guard.close();
      expect((await closed).report.failure).toBe('The session guard was closed.');
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('what repeats a result that is left out is whole again; no line points at nothing', async () => {
    const file = `the file ${words(700)}`;
    const guard = new SessionGuard<TestMessage>({ ...small, bytesMax: 12_000 });
    const { messages, report } = await guard.fit([
      user('read it'),
      call('first', 'read', { path: 'a' }),
      result('first', file),
      ...longChat(20),
      user('read it again'),
      call('again', 'read', { path: 'a' }),
      result('again', file),
    ]);
    expect(messages.some(({ tool_call_id }) => tool_call_id === 'first')).toBe(false);
    expect(messages.at(-1)?.content).toBe(file);
    expect(report.fits).toBe(true);
    const both = await new SessionGuard<TestMessage>().fit([
      user('read it'),
      call('first', 'read'),
      result('first', file),
      call('again', 'read'),
      result('again', file),
    ]);
    expect(both.messages.at(-1)?.content).toMatch(/^Same result as before from read/);
  });

  test('repeats stay whole where a later step may drop the first of them', async () => {
    const file = `the file ${words(700)}`;
    const history = [
      user('read it'),
      call('first', 'read'),
      result('first', file),
      call('again', 'read'),
      result('again', file),
    ];
    const guard = new SessionGuard<TestMessage>({ repeats: false });
    expect((await guard.fit(history)).messages).toEqual(history);
    expect(guard.fitNow(history).messages).toEqual(history);
  });

  test('one compaction at a time: another fit meanwhile trims without waiting', async () => {
    let finish = (_: string) => {};
    const summarise = () =>
      new Promise<string>((resolve) => {
        finish = resolve;
      });
    const guard = new SessionGuard<TestMessage>({ ...small, summarise, summariserTokensMax: 1_000_000 });
    const first = guard.fit(longChat(40));
    const second = await guard.fit(longChat(40));
    expect(second.report).toMatchObject({ compaction: 'busy', fits: true });
    finish('a summary');
    expect((await first).report.compaction).toBe('done');
  });

  test('one endless turn is held too, with its question, its newest round and no broken pair', () => {
    const rounds = Array.from({ length: 200 }, (_, index) => [
      call(`c${index}`, 'look'),
      result(`c${index}`, words(1_500, index)),
    ]).flat();
    const guard = new SessionGuard<TestMessage>(small);
    const { messages, report } = guard.fitNow([user('the question'), ...rounds]);
    expect(report.fits).toBe(true);
    expect(messages.some(({ content }) => content === 'the question')).toBe(true);
    expect(messages.at(-1)?.tool_call_id).toBe('c199');
    expect(brokenPairs(messages)).toBe(0);
  });

  test('a history under its limits comes back with the very same messages', async () => {
    const history = [system('s'), user('hello'), assistant('hi')];
    const { messages, report } = await new SessionGuard<TestMessage>().fit(history);
    expect(messages.every((message, index) => message === history[index])).toBe(true);
    expect(report).toMatchObject({ compaction: 'none', leftOut: 0, bytesBefore: report.bytesAfter });
  });
});

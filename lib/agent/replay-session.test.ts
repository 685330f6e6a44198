import { describe, expect, test } from 'vitest';
import { groupMessages } from './message-units.ts';
import { readMessage } from './read-message.ts';
import { type RecordedMessage, toHistory } from './recorded-message.ts';
import { type ReplayRules, replaySession } from './replay-session.ts';
import { shrinkTurn } from './shrink-turn.ts';
import { words } from './testing/chat.ts';
import { gatewaySchema } from './testing/gateway-schema.ts';
import { replayWhole } from './testing/replay-whole.ts';

const off: ReplayRules = {
  resultBytesMax: null,
  historyBytesMax: null,
  contextTokensMax: null,
  contextMessagesMax: null,
  pairsMax: null,
  windowTokens: 200_000,
};
const row = (
  role: RecordedMessage['role'],
  kind: RecordedMessage['kind'],
  content: string,
  toolCallId: string | null = null,
): RecordedMessage => ({
  role,
  kind,
  content,
  toolName: toolCallId === null ? null : 'gateway',
  toolCallId,
});
const turn = (index: number, answer: string): readonly RecordedMessage[] => [
  row('user', 'text', `question ${index}`),
  row('assistant', 'tool_call', '{"action":"config.schema"}', `c${index}`),
  row('tool', 'tool_result', answer, `c${index}`),
  row('assistant', 'text', words(50, index)),
];

describe('replaySession', () => {
  const schema = gatewaySchema();
  const dead = toHistory(
    Array.from({ length: 35 }, (_, index) =>
      turn(index, schema.replace('2026.2.1', `2026.2.${index}`)),
    ).flat(),
  );

  test('without rules what was sent is what is sent', async () => {
    const replay = await replaySession(toHistory(turn(1, 'short')), off);
    expect(replay.calls.map(({ tokensBefore, tokensAfter }) => tokensBefore === tokensAfter)).toEqual([
      true,
      true,
    ]);
    expect(replay).toMatchObject({ deathBefore: null, deathAfter: null, resultsShortened: 0 });
  });

  test('a session that died of a schema lives on when results are shortened', async () => {
    const replay = await replaySession(dead, { ...off, resultBytesMax: 10_240 });
    expect(replay.calls).toHaveLength(70);
    expect(replay.deathBefore).toBeLessThan(10);
    expect(replay.deathAfter).toBe(null);
    expect(replay.resultsShortened).toBe(35);
    expect(replay.tokensAfter).toBeLessThan(replay.tokensBefore / 50);
  });

  test('a context limit holds each call, and a history limit the bytes', async () => {
    const limited = await replaySession(dead, { ...off, resultBytesMax: 10_240, contextTokensMax: 2_000 });
    expect(Math.max(...limited.calls.map(({ tokensAfter }) => tokensAfter))).toBeLessThanOrEqual(2_000);
    const held = await replaySession(dead, { ...off, historyBytesMax: 20_000, resultBytesMax: 10_240 });
    expect(held.bytesAfterMax).toBeLessThanOrEqual(20_000);
    expect(held.compactions).toBeGreaterThan(0);
  });
});

describe('a replay message by message', () => {
  const random = (seed: number) => {
    let state = seed;
    return (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >>> 8) % below;
    };
  };
  /** Turns with several calls, results that repeat, files, system messages between, and long ones. */
  function randomHistory(seed: number) {
    const next = random(seed);
    const files = Array.from({ length: 4 }, (_, index) => words(100 + 200 * index, index));
    return toHistory(
      Array.from({ length: 30 }, (_, turnIndex): readonly RecordedMessage[] => [
        ...(next(9) === 0 ? [row('system', 'text', words(20, turnIndex))] : []),
        row('user', 'text', `${words(10 + next(60), turnIndex)}${next(3) === 0 ? '?' : ''}`),
        ...Array.from({ length: next(4) }, (__, step) => [
          row('assistant', 'tool_call', '{"path":"a.ts"}', `c${turnIndex}-${step}`),
          row(
            'tool',
            'tool_result',
            next(2) === 0 ? (files[next(4)] ?? '') : words(next(700), turnIndex * 10 + step),
            `c${turnIndex}-${step}`,
          ),
        ]).flat(),
        row('assistant', 'text', words(next(200), turnIndex)),
      ]).flat(),
    );
  }
  const ruleSets: readonly Partial<ReplayRules>[] = [
    {},
    { resultBytesMax: 1_024 },
    { historyBytesMax: 20_000, windowTokens: 8_000 },
    { resultBytesMax: 1_024, historyBytesMax: 12_000 },
    { contextTokensMax: 1_500 },
    { contextTokensMax: 40_000 },
    { pairsMax: 5 },
    { resultBytesMax: 2_000, historyBytesMax: 30_000, contextTokensMax: 3_000, pairsMax: 20 },
  ];
  test.each(ruleSets)('sends what the whole history through every rule would: %o', async (rules) => {
    for (let seed = 1; seed <= 3; seed++) {
      const history = randomHistory(seed);
      const { calls } = await replaySession(history, { ...off, ...rules });
      expect(calls.map(({ tokensAfter }) => tokensAfter)).toEqual(
        await replayWhole(history, { ...off, ...rules }),
      );
    }
  });
});

describe('a turn of many rounds', () => {
  const limits = { ...off, contextTokensMax: 3_000 };
  const rounds = (count: number, answers: (step: number) => string) =>
    toHistory([
      row('system', 'text', words(20)),
      row('user', 'text', 'and before?'),
      row('assistant', 'text', words(30)),
      row('user', 'text', words(40)),
      ...Array.from({ length: count }, (_, step) => [
        row('assistant', 'tool_call', `{"path":"${step}.ts"}`, `c${step}`),
        row('tool', 'tool_result', answers(step), `c${step}`),
      ]).flat(),
    ]);

  test.each([
    ['long results', (step: number) => words(300 + (step % 7) * 90, step)],
    ['short results', () => 'ok'],
    ['a long one now and then', (step: number) => (step % 40 === 39 ? words(3_000, step) : 'ok')],
  ])('sends what the whole history through every rule would: %s', async (_, answers) => {
    const history = rounds(160, answers);
    const { calls } = await replaySession(history, limits);
    expect(calls.map(({ tokensAfter }) => tokensAfter)).toEqual(await replayWhole(history, limits));
  });

  test('sends the same where results come late, after other calls', async () => {
    const late = Array.from({ length: 120 }, (_, step) => [
      row('assistant', 'tool_call', `{"path":"${step}.ts"}`, `c${step}`),
      ...(step % 3 === 2
        ? [step - 2, step - 1, step].map((of) => row('tool', 'tool_result', words(200, of), `c${of}`))
        : []),
    ]).flat();
    const history = toHistory([row('user', 'text', 'go'), ...late]);
    const { calls } = await replaySession(history, limits);
    expect(calls.map(({ tokensAfter }) => tokensAfter)).toEqual(await replayWhole(history, limits));
  });

  test('is shortened in as many looks at its messages as it is long', () => {
    const looks = (count: number) => {
      let read = 0;
      shrinkTurn(
        rounds(count, (step) => words(100, step)).slice(3),
        { tokensMax: 400 },
        {
          read: (message) => {
            read++;
            return readMessage(message);
          },
        },
      );
      return read;
    };
    // Eight times as many messages: with a look at all of them for each round that goes it was sixty times.
    expect(looks(800) / looks(100)).toBeLessThan(9);
  });
});

describe('toHistory', () => {
  test('no call is without its result and no result without its call', () => {
    const history = toHistory([
      row('user', 'text', 'go'),
      row('assistant', 'tool_call', '{}', 'answered'),
      row('assistant', 'tool_call', '{}', 'never answered'),
      row('tool', 'tool_result', 'r', 'answered'),
      row('tool', 'tool_result', 'r', 'never asked'),
      {
        role: 'tool',
        kind: 'tool_result',
        content: [{ type: 'text', text: 'x' }],
        toolName: null,
        toolCallId: null,
      },
      row('assistant', 'text', 'done'),
    ]);
    expect(groupMessages(history).units.filter(({ isBroken }) => isBroken)).toEqual([]);
    expect(history).toHaveLength(9);
  });
});

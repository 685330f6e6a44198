import { describe, expect, test } from 'vitest';
import { groupMessages } from './message-units.ts';
import { type RecordedMessage, toHistory } from './recorded-message.ts';
import { type ReplayRules, replaySession } from './replay-session.ts';
import { words } from './testing/chat.ts';
import { gatewaySchema } from './testing/gateway-schema.ts';

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

import { expect, test } from 'vitest';
import type { PageMessage } from './message-view.ts';
import { newInContext } from './new-in-context.ts';

function message(seq: number, tokens: number, contextTokens: number | null = null): PageMessage {
  return {
    seq,
    id: String(seq),
    ts: '2026-11-20T10:00:00.000Z',
    role: contextTokens === null ? 'tool' : 'assistant',
    kind: 'text',
    toolName: null,
    toolCallId: null,
    bytes: tokens * 4,
    tokens,
    tokensEstimated: true,
    preview: '',
    previewTruncated: false,
    truncated: false,
    redactions: 0,
    cleared: false,
    call:
      contextTokens === null
        ? null
        : { calls: 1, contextTokens, outputTokens: 1, costUsd: null, model: 'm', isError: false },
  };
}

const rows = [message(0, 10), message(1, 20, 100), message(2, 500), message(3, 30), message(4, 5, 700)];
const rowOf = (seq: number) => rows[seq];

test('what came since the call before is new, with that call’s own answer, the heaviest first', () => {
  const { added, tokens, isWhole, change } = newInContext(4, rowOf);
  expect(added.map(({ seq }) => seq)).toEqual([2, 3, 1]);
  expect({ tokens, isWhole, change }).toEqual({ tokens: 550, isWhole: true, change: 600 });
});

test('before the first call everything is new', () => {
  expect(newInContext(1, rowOf)).toMatchObject({ tokens: 10, isWhole: true, change: null });
});

test('where rows are not loaded it says so', () => {
  expect(newInContext(4, (seq) => (seq < 3 ? undefined : rows[seq]))).toMatchObject({
    tokens: 30,
    isWhole: false,
  });
});

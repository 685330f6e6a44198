import { expect, test } from 'vitest';
import { alertMessage } from './alert-message.ts';
import { toBudget } from './budget.ts';
import { newBudget } from './new-budget.ts';

test('the text is for people, the numbers beside it are exact', () => {
  const budget = toBudget(
    'b',
    newBudget.parse({ name: 'tokens', limitTokens: 3_000_000, period: 'day', timeZone: 'UTC', hard: false }),
  );
  const message = alertMessage(budget, {
    id: 'a',
    event: 'alert.fired',
    rule: 'threshold:100',
    use: { ledgerPicoUsd: 0n, settledPicoUsd: 0n, ledgerTokens: 9_937_241n, settledTokens: 0n },
    window: { startMs: 0, endMs: 86_400_000 },
    nowMs: 3_600_000,
  });
  expect(message.text).toBe('9.9 M of 3.0 M tokens spent; resets 1970-01-02 00:00 UTC.');
  expect(message).toMatchObject({ spentTokens: 9_937_241, limitTokens: 3_000_000 });
});

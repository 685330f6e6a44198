import { describe, expect, test } from 'vitest';
import { findCause } from './post-mortem.ts';

const nowMs = Date.parse('2026-11-21T12:00:00Z');
const call = (
  contextTokens: number,
  more: { readonly status?: 'ok' | 'error'; readonly error?: string } = {},
) => ({
  ts: '2026-11-21T11:00:00.000Z',
  contextTokens,
  status: more.status ?? ('ok' as const),
  error: more.error ?? null,
});
const culprit = { seq: 7, toolName: 'gateway', bytes: 396_000, tokens: 99_000, rereads: 12 };
const well = {
  calls: [call(1_000), call(3_000)],
  modelWindow: 200_000,
  contextHighWater: 3_000,
  culprits: [culprit],
  lastActivityMs: nowMs - 60_000,
  isUnanswered: false,
  nowMs,
};

describe('findCause', () => {
  test('a session that looks well has none', () => {
    expect(findCause(well)).toMatchObject({ cause: null, rule: null });
  });

  test('a context near its window overflowed, and its culprit says which rule would have helped', () => {
    expect(findCause({ ...well, contextHighWater: 191_000 })).toMatchObject({
      cause: 'overflow',
      rule: 'resultBytesMax',
      culprit,
    });
    expect(
      findCause({ ...well, contextHighWater: 191_000, culprits: [{ ...culprit, bytes: 900 }] }).rule,
    ).toBe('historyBytesMax');
  });

  test.each([
    'prompt is too long: 210000 tokens > 200000 maximum',
    "This model's maximum context length is 128000 tokens",
  ])('the provider said so: %s', (error) => {
    expect(
      findCause({ ...well, modelWindow: null, calls: [call(1, { status: 'error', error })] }).cause,
    ).toBe('overflow');
  });

  test('three failures of the last five calls are a storm', () => {
    const failed = call(1, { status: 'error', error: '529 overloaded' });
    expect(findCause({ ...well, calls: [call(1), failed, failed, call(1), failed] }).cause).toBe('errors');
    expect(findCause({ ...well, calls: [failed, failed, call(1), call(1), call(1), failed] }).cause).toBe(
      null,
    );
  });

  test('an hour without an answer is silence', () => {
    const silent = { ...well, isUnanswered: true, lastActivityMs: nowMs - 3_600_001 };
    expect(findCause(silent).cause).toBe('silence');
    expect(findCause({ ...silent, lastActivityMs: nowMs - 3_599_000 }).cause).toBe(null);
  });

  test('the last five steps, each with its growth', () => {
    const calls = [1, 2, 4, 8, 16, 32].map((size) => call(size * 1_000));
    expect(findCause({ ...well, calls }).steps.map(({ growthTokens }) => growthTokens)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000,
    ]);
  });
});

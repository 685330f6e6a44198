import { countAt, type Fields, isFields } from '../fields.ts';

/** Running totals of a Codex session. Cached is a part of input, reasoning a part of output. */
export type CodexTotals = {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
};

export const noTotals: CodexTotals = { input: 0, cached: 0, output: 0, reasoning: 0 };

export function readTotals(usage: unknown): CodexTotals | null {
  if (!isFields(usage)) return null;
  const input = countAt(usage, 'input_tokens');
  const output = countAt(usage, 'output_tokens');
  return {
    input,
    cached: Math.min(input, cachedIn(usage)),
    output,
    reasoning: Math.min(output, countAt(usage, 'reasoning_output_tokens')),
  };
}

function cachedIn(usage: Fields): number {
  return countAt(usage, 'cached_input_tokens') || countAt(usage, 'cache_read_input_tokens');
}

export function isSameTotals(a: CodexTotals, b: CodexTotals): boolean {
  return a.input === b.input && a.cached === b.cached && a.output === b.output && a.reasoning === b.reasoning;
}

/**
 * What was used between two totals. Where a total went down, the count began anew (after a compaction, say):
 * then `last`, the log's own figure for the latest call, or the new total is what was used.
 */
export function usedSince(before: CodexTotals, now: CodexTotals, last: CodexTotals | null): CodexTotals {
  const used = {
    input: now.input - before.input,
    cached: now.cached - before.cached,
    output: now.output - before.output,
    reasoning: now.reasoning - before.reasoning,
  };
  if (used.input < 0 || used.output < 0) return last ?? now;
  const cached = Math.min(used.input, Math.max(0, used.cached));
  return { ...used, cached, reasoning: Math.min(used.output, Math.max(0, used.reasoning)) };
}

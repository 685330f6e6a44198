import type { Source, UsageStatus } from '#lib/usage/usage-event.ts';

/** A model call as the session page reads it, in the order of time. Tokens in disjoint buckets. */
export type SessionCall = {
  readonly tsMs: number;
  readonly provider: string;
  readonly model: string;
  readonly source: Source;
  readonly status: UsageStatus;
  /** What it said, where it failed; of the last call only. */
  readonly error: string | null;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWrite5mTokens: number;
  readonly cacheWrite1hTokens: number;
  readonly costPicoUsd: bigint;
};

/** What a call sent to the model, in tokens. */
export function contextOf(call: SessionCall): number {
  return call.inputTokens + call.cacheReadTokens + call.cacheWrite5mTokens + call.cacheWrite1hTokens;
}

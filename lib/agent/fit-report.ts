import type { PruneReport } from './prune-report.ts';

/** What `SessionGuard` did to a history. Bytes are UTF-8 of JSON lines, tokens estimates. */
export type FitReport = {
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  /** Results that were shortened, in order. */
  readonly pruned: readonly PruneReport[];
  /** `failed` fell back to leaving out; `busy`: another call for this session is compacting right now. */
  readonly compaction: 'none' | 'done' | 'failed' | 'busy';
  /** Why a compaction failed. */
  readonly failure: string | null;
  /** Messages that this call summed up, and that it left out. */
  readonly summedUp: number;
  readonly leftOut: number;
  /** False when system messages and the barest last turn are above the limits by themselves. */
  readonly fits: boolean;
  readonly durationMs: number;
};

export type FitResult<T> = { readonly messages: readonly T[]; readonly report: FitReport };

/** A call before it is made. */
export type PlannedCall = {
  /** Default: the guard's. */
  readonly agent?: string | undefined;
  readonly session?: string | undefined;
  readonly provider: string;
  readonly model: string;
  /** All that will be sent, cached or not. */
  readonly inputTokens: number;
  readonly maxOutputTokens: number;
};

/** What a call used, in disjoint parts. */
export type CallUsage = {
  /** Without the cached ones. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens?: number | undefined;
  readonly cacheWriteTokens?: number | undefined;
  /** The model that answered, where it is another one. */
  readonly model?: string | undefined;
};

export type BudgetWarning = {
  readonly budget: string;
  /** 50, 80 or 100, or what you set; null when the server says that a call will cross a threshold. */
  readonly thresholdPercent: number | null;
  readonly message: string;
};

/** A reserved amount. Settle it with what was used, or release it when no call was made. Each once. */
export type BudgetHold = {
  readonly id: string;
  /** False when the server did not answer and `whenUnavailable` is open: nothing is reserved. */
  readonly isReserved: boolean;
  readonly settle: (usage: CallUsage) => Promise<void>;
  readonly release: () => Promise<void>;
};

export function totalTokens(usage: CallUsage): number {
  return (
    usage.inputTokens + usage.outputTokens + (usage.cacheReadTokens ?? 0) + (usage.cacheWriteTokens ?? 0)
  );
}

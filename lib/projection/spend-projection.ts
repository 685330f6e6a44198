/** Spend of a local day or hour: in pico-USD, or in tokens where a limit is in tokens. */
export type AmountAt = { readonly startMs: number; readonly amount: bigint };

/** Spend from the window's start to an instant. `p10` is the amount that is passed nine times in ten. */
export type ProjectedAmounts = { readonly p10: bigint; readonly p50: bigint; readonly p90: bigint };

/** What the projection would have said in the past. */
export type PastError = {
  /** Sum of |P50 - what came| / sum of what came, over the forecasts whose outcome became known in the past four weeks. */
  readonly missedShare: number;
  /** How often what came lay between P10 and P90. */
  readonly coverage: number;
  /** How many forecasts that were, and how many days each looked ahead. */
  readonly forecasts: number;
  readonly horizonDays: number;
};

export type SpendBasis = {
  /** Complete local days before today, from the first with spend on, and how many of them (today too) had any. */
  readonly days: number;
  readonly activeDays: number;
  readonly firstDayMs: number | null;
};

/** When a limit is passed within the window: null where that is not to be expected. */
export type RunOut = {
  /** If spend goes the dearer way (P90), the middle way, the cheaper way (P10). */
  readonly earliestMs: number | null;
  readonly likelyMs: number | null;
  readonly latestMs: number | null;
};

export type AbsentReason = 'few-active-days' | 'window-not-begun' | 'window-over' | 'window-too-long';

export type SpendProjection =
  | { readonly state: 'absent'; readonly reason: AbsentReason; readonly basis: SpendBasis }
  | ({
      readonly state: 'projected';
      /** `low` before 14 active days. */
      readonly confidence: 'low' | 'normal';
      readonly basis: SpendBasis;
      /** From now to the window's end, an entry for each local day's end; the last is the projection. */
      readonly path: readonly ({ readonly atMs: number } & ProjectedAmounts)[];
      readonly runOut: RunOut | null;
      readonly pastError: PastError | null;
    } & ProjectedAmounts);

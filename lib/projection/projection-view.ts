import type { AbsentReason, PastError } from './spend-projection.ts';

/** USD as exact decimal strings, instants as RFC 3339. */
export type ProjectedUsd = { readonly p10Usd: string; readonly p50Usd: string; readonly p90Usd: string };

/** What `GET /api/projection` answers. */
export type ProjectionView = {
  readonly window: { readonly from: string; readonly to: string; readonly timeZone: string };
  readonly at: string;
  readonly spentUsd: string;
  /** Local days of the window so far that had spend. */
  readonly days: readonly { readonly start: string; readonly costUsd: string }[];
  readonly basis: {
    readonly days: number;
    readonly activeDays: number;
    readonly firstDay: string | null;
  };
  /** Null with a reason where nothing can be said. */
  readonly projection:
    | (ProjectedUsd & {
        readonly confidence: 'low' | 'normal';
        readonly path: readonly ({ readonly at: string } & ProjectedUsd)[];
        readonly runsOut: (RunsOut & { readonly limitUsd: string }) | null;
        readonly pastError: PastError | null;
      })
    | null;
  readonly absentReason: AbsentReason | null;
  /** Only of a budget that limits tokens: those that it counts. */
  readonly tokens: TokensProjection | null;
};

export type TokensProjection = {
  readonly limit: number;
  readonly spent: number;
  /** Null where nothing can be said. */
  readonly p10: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly runsOut: RunsOut | null;
};

/** When a limit is reached; an instant is null where the window ends before. */
export type RunsOut = {
  readonly earliest: string | null;
  readonly likely: string | null;
  readonly latest: string | null;
};

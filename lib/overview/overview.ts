import type { SessionRow } from '#lib/sessions/session-row.ts';
import type { UsageDimension } from '#lib/usage/rollup-scope.ts';
import type { UsageTotals } from '#lib/usage/usage-row.ts';
import type { ChartBucket } from './chart-bucket.ts';
import type { CostDifference } from './cost-difference.ts';
import type { RangeName } from './range-name.ts';

/** What `GET /api/overview` answers. Instants are RFC 3339 in UTC, money is exact decimal strings of USD. */
export type Overview = {
  /** When it was read, by the server's clock. */
  readonly asOf: string;
  readonly range: {
    /** Null for a range of one's own. */
    readonly name: RangeName | null;
    readonly from: string;
    readonly to: string;
    readonly previousFrom: string;
    readonly previousTo: string;
    readonly timeZone: string;
  };
  /** False while nothing was ever sent. */
  readonly hasUsage: boolean;
  /** When the latest call of all was made, where the range has none: so that the page can lead there. */
  readonly lastCall: string | null;
  readonly totals: UsageTotals;
  readonly previous: UsageTotals;
  readonly today: TodaySpend;
  readonly chart: SpendStack;
  readonly byModel: SpendGroups<{ readonly provider: string; readonly model: string }>;
  readonly byAgent: SpendGroups<{ readonly agent: string }>;
  readonly bySource: SpendGroups<{ readonly source: string }>;
  /** Models whose clients reported another cost than ours, the widest apart first. */
  readonly costDifferences: readonly CostDifference[];
  readonly heaviestSessions: readonly SessionLoad[];
  /** By what each call adds to the context, among those that were last active. */
  readonly fastestSessions: readonly SessionLoad[];
};

/** The local day up to now, and the middle one of the days of its kind up to the same time. */
export type TodaySpend = {
  readonly costUsd: string;
  readonly tokens: number;
  readonly calls: number;
  readonly isWeekend: boolean;
  /** Null until there were three such days. */
  readonly usual: { readonly costUsd: string; readonly tokens: number; readonly days: number } | null;
};

/** Spend by bucket and name. `costsUsd` and `tokens` have a place for each name, then one for all others. */
export type SpendStack = {
  readonly by: UsageDimension;
  readonly bucket: ChartBucket;
  /** The dearest names, the dearest first. */
  readonly names: readonly string[];
  /** How many further names are drawn as one; without any they have no place. */
  readonly others: number;
  /** All of the range, those without calls too. The first and the last may be cut. */
  readonly buckets: readonly {
    readonly start: string;
    readonly calls: number;
    readonly unpricedTokens: number;
    readonly costsUsd: readonly string[];
    readonly tokens: readonly number[];
  }[];
};

export type SpendGroup<Names> = UsageTotals & Names & { readonly tokensTotal: number };

/** The dearest first; `total` counts also those that are left out. */
export type SpendGroups<Names> = {
  readonly total: number;
  readonly rows: readonly SpendGroup<Names>[];
};

/** A session and where its context is heading. */
export type SessionLoad = SessionRow & {
  /** Tokens that each of the last calls added, by least squares; null with too few calls. */
  readonly tokensPerCall: number | null;
  /** Calls until the context outgrows the model's window at that pace, 0 when it has; null when it will not. */
  readonly callsLeft: number | null;
};

import type { SessionRow } from '#lib/sessions/session-row.ts';
import type { UsageTotals } from './usage-row.ts';

/** What `GET /api/overview` answers. */
export type Overview = {
  readonly range: { readonly from: string; readonly to: string; readonly timeZone: string };
  readonly totals: UsageTotals;
  /** The span of the same length before the range. */
  readonly previous: UsageTotals;
  readonly today: { readonly costUsd: string; readonly calls: number };
  /** Local days with at least one call. */
  readonly days: readonly {
    readonly start: string;
    readonly costUsd: string;
    readonly calls: number;
    readonly tokensTotal: number;
  }[];
  readonly byModel: readonly (UsageTotals & {
    readonly provider: string;
    readonly model: string;
    readonly tokensTotal: number;
  })[];
  readonly byAgent: readonly (UsageTotals & { readonly agent: string; readonly tokensTotal: number })[];
  readonly heaviestSessions: readonly SessionRow[];
};

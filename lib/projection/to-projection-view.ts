import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { ProjectedUsd, ProjectionView, RunsOut, TokensProjection } from './projection-view.ts';
import type { AmountAt, ProjectedAmounts, RunOut, SpendProjection } from './spend-projection.ts';

type ViewInput = {
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly timeZone: string;
  readonly nowMs: number;
  readonly spent: bigint;
  readonly days: readonly AmountAt[];
  readonly limit: bigint | null;
  readonly projection: SpendProjection;
  readonly tokens: TokensProjection | null;
};

/** A projection of pico-USD in the words of the API. */
export function toProjectionView(input: ViewInput): ProjectionView {
  const { window, timeZone, nowMs, projection } = input;
  const { days, activeDays, firstDayMs } = projection.basis;
  return {
    window: { from: instant(window.fromMs), to: instant(window.toMs), timeZone },
    at: instant(nowMs),
    spentUsd: formatPicoUsd(input.spent),
    days: input.days.map(({ startMs, amount }) => ({
      start: instant(startMs),
      costUsd: formatPicoUsd(amount),
    })),
    basis: { days, activeDays, firstDay: instantOrNull(firstDayMs) },
    projection: projection.state === 'absent' ? null : toProjected(projection, input.limit),
    absentReason: projection.state === 'absent' ? projection.reason : null,
    tokens: input.tokens,
  };
}

/** A projection of tokens against a limit. */
export function toTokensView(
  { spent, projection }: { readonly spent: bigint; readonly projection: SpendProjection },
  limit: number,
): TokensProjection {
  const known = projection.state === 'absent' ? null : projection;
  return {
    limit,
    spent: Number(spent),
    p10: known === null ? null : Number(known.p10),
    p50: known === null ? null : Number(known.p50),
    p90: known === null ? null : Number(known.p90),
    runsOut: known?.runOut ? toRunsOut(known.runOut) : null,
  };
}

function toProjected(
  projection: Extract<SpendProjection, { state: 'projected' }>,
  limit: bigint | null,
): ProjectionView['projection'] {
  const { confidence, path, runOut, pastError } = projection;
  return {
    ...toUsd(projection),
    confidence,
    path: path.map((point) => ({ at: instant(point.atMs), ...toUsd(point) })),
    runsOut:
      runOut === null || limit === null ? null : { limitUsd: formatPicoUsd(limit), ...toRunsOut(runOut) },
    pastError,
  };
}

function toRunsOut({ earliestMs, likelyMs, latestMs }: RunOut): RunsOut {
  return {
    earliest: instantOrNull(earliestMs),
    likely: instantOrNull(likelyMs),
    latest: instantOrNull(latestMs),
  };
}

function toUsd({ p10, p50, p90 }: ProjectedAmounts): ProjectedUsd {
  return { p10Usd: formatPicoUsd(p10), p50Usd: formatPicoUsd(p50), p90Usd: formatPicoUsd(p90) };
}

function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}

function instantOrNull(atMs: number | null): string | null {
  return atMs === null ? null : instant(atMs);
}

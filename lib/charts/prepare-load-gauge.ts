export type LoadLevel = 'calm' | 'near' | 'over';

export type LoadGaugeDrawing = {
  /** Positions on the bar, 0 to 100 % of its width. */
  readonly fillPercent: number;
  readonly linePercent: number;
  /** Null when nothing is known about where the load is heading. */
  readonly headingPercent: number | null;
  readonly level: LoadLevel;
  /** Load by limit: 1 is at the line. Not clipped. */
  readonly share: number;
};

type LoadGaugeInput = {
  readonly value: number;
  readonly limit: number;
  readonly heading: number | null;
};

/** Past this share of the limit a load is near it. */
export const nearShare = 0.8;

const linePercent = 80;

/**
 * Where the parts of a gauge stand. The load line is always at 80 % of the width, so that gauges above each
 * other compare at a glance; what lies past 1.25 limits is drawn at the end, and the number tells the truth.
 * Value and limit share one unit; `limit` is above 0.
 */
export function prepareLoadGauge({ value, limit, heading }: LoadGaugeInput): LoadGaugeDrawing {
  const share = value / limit;
  return {
    fillPercent: toPercent(share),
    linePercent,
    headingPercent: heading === null ? null : toPercent(heading / limit),
    level: share > 1 ? 'over' : share > nearShare ? 'near' : 'calm',
    share,
  };
}

function toPercent(share: number): number {
  return Math.min(100, Math.max(0, share * linePercent));
}

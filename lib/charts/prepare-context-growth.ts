type Call = { readonly ts: string; readonly contextTokens: number };

export type GrowthPoint = { readonly call: number; readonly ts: string; readonly contextTokens: number };

export type ContextGrowth = {
  readonly points: readonly GrowthPoint[];
  /** All calls, of which `points` may be a thinned part. */
  readonly callsTotal: number;
  readonly largest: number;
  /** The top of the axis: above the window when there is one, so that the load line is always seen. */
  readonly axisMax: number;
};

type GrowthInput = {
  readonly calls: readonly Call[];
  readonly window: number | null;
  /** Default 300: more cannot be told apart on a screen. At least 4. */
  readonly pointsMax?: number;
};

/**
 * Context size by call, oldest first. Past `pointsMax` calls, each stretch keeps its smallest and largest
 * call, so that no peak and no drop after a compaction is lost.
 */
export function prepareContextGrowth({ calls, window, pointsMax = 300 }: GrowthInput): ContextGrowth {
  const points = calls.map((call, index) => ({
    call: index + 1,
    ts: call.ts,
    contextTokens: call.contextTokens,
  }));
  const largest = points.reduce((most, point) => Math.max(most, point.contextTokens), 0);
  return {
    points: points.length <= pointsMax ? points : thin(points, pointsMax),
    callsTotal: calls.length,
    largest,
    axisMax: Math.max(largest, window ?? 0, 1) * 1.05,
  };
}

function thin(points: readonly GrowthPoint[], pointsMax: number): readonly GrowthPoint[] {
  const stretches = Math.floor(pointsMax / 2);
  const size = points.length / stretches;
  const kept: GrowthPoint[] = [];
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const part = points.slice(Math.floor(stretch * size), Math.floor((stretch + 1) * size));
    kept.push(...extremes(part));
  }
  return kept;
}

function extremes(part: readonly GrowthPoint[]): readonly GrowthPoint[] {
  const [first] = part;
  if (first === undefined) return [];
  let low = first;
  let high = first;
  for (const point of part) {
    if (point.contextTokens < low.contextTokens) low = point;
    if (point.contextTokens > high.contextTokens) high = point;
  }
  if (low === high) return [low];
  return low.call < high.call ? [low, high] : [high, low];
}

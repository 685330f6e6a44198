import type { SessionGrowthPoint } from '#lib/sessions/session-row.ts';
import { roundTicks } from './round-ticks.ts';

export type GrowthPoint = {
  /** The last call of this point, counted from 1. */
  readonly call: number;
  /** Neighbouring calls drawn as one, at their largest. */
  readonly calls: number;
  readonly ts: string;
  readonly contextTokens: number;
};

export type ContextGrowth = {
  readonly points: readonly GrowthPoint[];
  readonly callsTotal: number;
  readonly largest: number;
  /** Where the first point stands, so that a long session's axis starts at its first call. */
  readonly axisMin: number;
  /** The top of the axis: above the window when there is one, so that the load line is always seen. */
  readonly axisMax: number;
  readonly axisTicks: readonly number[];
};

type GrowthInput = {
  /** Oldest first, as the server groups them. */
  readonly growth: readonly SessionGrowthPoint[];
  /** The model's, in tokens; null where it is not known. */
  readonly window: number | null;
};

/** Context size along the calls of a session. Points that hold many calls are as wide as these. */
export function prepareContextGrowth({ growth, window }: GrowthInput): ContextGrowth {
  let callsTotal = 0;
  let largest = 0;
  const points = growth.map(({ ts, calls, contextTokens }) => {
    callsTotal += calls;
    largest = Math.max(largest, contextTokens);
    return { call: callsTotal, calls, ts, contextTokens };
  });
  const axisMax = Math.max(largest, window ?? 0, 1) * 1.05;
  return {
    points,
    callsTotal,
    largest,
    axisMin: points[0]?.call ?? 1,
    axisMax,
    axisTicks: roundTicks(axisMax),
  };
}

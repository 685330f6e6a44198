import type { ContextPart } from '#lib/sessions/context-parts.ts';
import { contextPartNames } from '#lib/sessions/context-parts.ts';
import type { SessionGrowthPoint } from '#lib/sessions/session-row.ts';
import { roundTicks } from './round-ticks.ts';

export type GrowthPoint = {
  /** Where it ends on the axis; it reaches back to the point before. */
  readonly x: number;
  /** The last call of this point, counted from 1. */
  readonly call: number;
  /** Neighbouring calls drawn as one, at their largest. */
  readonly calls: number;
  readonly ts: string;
  readonly contextTokens: number;
  readonly compacted: boolean;
  /** What is drawn above each other; `whole` where nothing is known of the parts. They add up to the context. */
  readonly stack: Readonly<Record<ContextPart | 'whole', number>>;
};

export type ContextGrowth = {
  readonly points: readonly GrowthPoint[];
  /** The same with a start at 0, so that the first is as wide as its calls. */
  readonly drawn: readonly GrowthPoint[];
  readonly callsTotal: number;
  readonly largest: number;
  /** False where no point tells its parts. */
  readonly hasParts: boolean;
  /** Parts of the last point that has any, by share of its context, the largest first; empty without. */
  readonly lastParts: readonly {
    readonly part: ContextPart;
    readonly tokens: number;
    readonly share: number;
  }[];
  /** Where on the axis a new history began. */
  readonly breaks: readonly number[];
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

const noParts = { system: 0, user: 0, assistant: 0, tool: 0 } as const;

/** Context size along the calls of a session. Points that hold many calls are as wide as these. */
export function prepareContextGrowth({ growth, window }: GrowthInput): ContextGrowth {
  let callsTotal = 0;
  let largest = 0;
  const points = growth.map(({ ts, calls, contextTokens, parts, compacted }) => {
    callsTotal += calls;
    largest = Math.max(largest, contextTokens);
    const stack = parts === null ? { ...noParts, whole: contextTokens } : { ...parts, whole: 0 };
    return { x: callsTotal, call: callsTotal, calls, ts, contextTokens, compacted, stack };
  });
  const axisMax = Math.max(largest, window ?? 0, 1) * 1.05;
  return {
    points,
    drawn: points
      .slice(0, 1)
      .map((first) => ({ ...first, x: 0 }))
      .concat(points),
    callsTotal,
    largest,
    hasParts: growth.some(({ parts }) => parts !== null),
    lastParts: shareParts(growth),
    breaks: points.filter(({ compacted }) => compacted).map(({ call, calls }) => call - calls),
    axisMax,
    axisTicks: roundTicks(axisMax),
  };
}

function shareParts(growth: readonly SessionGrowthPoint[]): ContextGrowth['lastParts'] {
  const last = growth.findLast(({ parts }) => parts !== null);
  if (last === undefined || last.parts === null) return [];
  const { parts, contextTokens } = last;
  return contextPartNames
    .map((part) => ({
      part,
      tokens: parts[part],
      share: contextTokens === 0 ? 0 : parts[part] / contextTokens,
    }))
    .sort((a, b) => b.tokens - a.tokens);
}

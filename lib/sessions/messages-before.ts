import type { ContextPart } from './context-parts.ts';
import type { HistoryBreak } from './find-breaks.ts';

/** Messages between two instants, summed: those with `point` n come before instant n and not before n - 1. */
export type MessageSum = {
  readonly point: number;
  /** Compactions before them in the session: what an earlier one covers is not sent any more. */
  readonly segment: number;
  readonly part: ContextPart;
  readonly tokens: number;
};

export type PartTokens = Readonly<Record<ContextPart, number>>;

type BeforeInput = {
  /** How many calls there are; their instants are the points. */
  readonly calls: number;
  readonly sums: readonly MessageSum[];
  readonly breaks: readonly HistoryBreak[];
};

/** The tokens of the messages that each call could have sent: those before it, since its history began. */
export function messagesBefore({ calls, sums, breaks }: BeforeInput): readonly PartTokens[] {
  const inOrder = [...sums].sort((a, b) => a.point - b.point || a.segment - b.segment);
  const broken = new Set(breaks.map(({ index }) => index));
  let next = 0;
  let segment = -1;
  // Written over: there may be thousands of sums before one call.
  let known = nothing();
  return Array.from({ length: calls }, (_, point) => {
    if (broken.has(point)) known = nothing();
    for (let sum = inOrder[next]; sum !== undefined && sum.point <= point; sum = inOrder[next]) {
      next += 1;
      if (sum.segment !== segment) known = nothing();
      segment = sum.segment;
      known[sum.part] += sum.tokens;
    }
    return { ...known };
  });
}

const nothing = (): Record<ContextPart, number> => ({ system: 0, user: 0, assistant: 0, tool: 0 });

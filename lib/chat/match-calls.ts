export type TimedTurn = { readonly seq: number; readonly tsMs: number };
export type TimedCall = { readonly tsMs: number };

/** A call and the message that it wrote are sent within this of each other. */
export const matchWithinMs = 120_000;

/**
 * Gives each call to the turn nearest in time, the earlier of two as near; calls further than two minutes from
 * any are left out. Turns must include the neighbours on both sides of what is shown, so that a call is never
 * counted on two pages.
 * @returns calls by the turn's seq.
 */
export function matchCalls<Call extends TimedCall>(
  calls: readonly Call[],
  turns: readonly TimedTurn[],
): ReadonlyMap<number, readonly Call[]> {
  const sorted = turns.toSorted((a, b) => a.tsMs - b.tsMs || a.seq - b.seq);
  const matched = new Map<number, Call[]>();
  for (const call of calls) {
    const turn = nearestTurn(call.tsMs, sorted);
    if (turn === null) continue;
    const others = matched.get(turn.seq);
    if (others) others.push(call);
    else matched.set(turn.seq, [call]);
  }
  return matched;
}

function nearestTurn(tsMs: number, sorted: readonly TimedTurn[]): TimedTurn | null {
  let nearest: TimedTurn | null = null;
  let distance = matchWithinMs + 1;
  for (const turn of sorted) {
    const far = Math.abs(turn.tsMs - tsMs);
    if (far < distance) {
      nearest = turn;
      distance = far;
    } else if (turn.tsMs - tsMs > matchWithinMs) {
      break;
    }
  }
  return nearest;
}

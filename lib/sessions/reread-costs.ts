import type { Rates } from '#lib/pricing/rate-card.ts';
import type { HistoryBreak } from './find-breaks.ts';
import { contextOf, type SessionCall } from './session-call.ts';

export type Reread = {
  /** Calls after the message and before its history ended: each sent it. */
  readonly rereads: number;
  readonly rereadTokens: number;
  /** Null where a call among them has no known price. */
  readonly costPicoUsd: bigint | null;
};

type RereadInput = {
  readonly calls: readonly SessionCall[];
  readonly breaks: readonly HistoryBreak[];
  /** pico-USD a token that a call was billed at; null where nobody knows. */
  readonly ratesOf: (call: SessionCall) => Rates | null;
};

type Message = { readonly tsMs: number; readonly tokens: number };

/**
 * What reading a message again has cost. Each call after it, until the history is compacted or cleared, sent it:
 *
 *     cost(message) = tokens × ( fresh(first call) + Σ old(c) over the calls after that )
 *
 * `fresh(c)` is the mean rate that call c paid for the tokens it did not find in a cache: input and cache
 * writes, each times its rate, by their sum. `old(c)` is the mean rate that it paid for what the call before had
 * sent as well: of these O = min(context before, context) tokens, the first min(cache reads, O) are billed as
 * cache reads and the rest as fresh. Rates are in pico-USD a token and rounded to whole ones a call, so that a
 * message's cost is exact to half a pico-USD a token and call.
 */
export function rereadCosts({ calls, breaks, ratesOf }: RereadInput): (message: Message) => Reread {
  const times = calls.map(({ tsMs }) => tsMs);
  const breakTimes = breaks.map(({ atMs }) => atMs);
  const prices = calls.map((call, index) => priceOfCall(call, calls[index - 1], ratesOf));
  const oldBefore = [0n];
  const unknownBefore = [0];
  for (const [index, price] of prices.entries()) {
    oldBefore.push((oldBefore[index] ?? 0n) + (price?.old ?? 0n));
    unknownBefore.push((unknownBefore[index] ?? 0) + (price === null ? 1 : 0));
  }
  return ({ tsMs, tokens }) => {
    const from = firstAfter(times, tsMs);
    const end = breaks[firstAfter(breakTimes, tsMs)]?.index ?? calls.length;
    const rereads = end - from;
    const isKnown = unknownBefore[end] === unknownBefore[from];
    const old = (oldBefore[end] ?? 0n) - (oldBefore[from + 1] ?? 0n);
    const rates = rereads === 0 ? 0n : (prices[from]?.fresh ?? 0n) + old;
    return {
      rereads,
      rereadTokens: rereads * tokens,
      costPicoUsd: isKnown ? BigInt(tokens) * rates : null,
    };
  };
}

type CallPrice = { readonly fresh: bigint; readonly old: bigint };

function priceOfCall(
  call: SessionCall,
  before: SessionCall | undefined,
  ratesOf: RereadInput['ratesOf'],
): CallPrice | null {
  const rates = ratesOf(call);
  if (rates === null) return null;
  const freshTokens = call.inputTokens + call.cacheWrite5mTokens + call.cacheWrite1hTokens;
  const freshCost =
    call.inputTokens * Number(rates.input) +
    call.cacheWrite5mTokens * Number(rates.cacheWrite5m) +
    call.cacheWrite1hTokens * Number(rates.cacheWrite1h);
  const fresh = freshTokens === 0 ? Number(rates.cacheRead) : freshCost / freshTokens;
  const oldTokens = Math.min(before === undefined ? 0 : contextOf(before), contextOf(call));
  const cached = Math.min(call.cacheReadTokens, oldTokens);
  const old =
    oldTokens === 0 ? fresh : (cached * Number(rates.cacheRead) + (oldTokens - cached) * fresh) / oldTokens;
  return { fresh: BigInt(Math.round(fresh)), old: BigInt(Math.round(old)) };
}

/** The index of the first of the ascending numbers that is greater. */
function firstAfter(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

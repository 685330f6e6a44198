import type { Rates } from '#lib/pricing/rate-card.ts';
import type { HistoryBreak } from './find-breaks.ts';
import { firstAfter } from './first-after.ts';
import { contextOf, type SessionCall } from './session-call.ts';

export type Reread = {
  /** Calls after the message and before its history ended. */
  readonly rereads: number;
  /** Its tokens in all of these, less what was pruned on the way. */
  readonly rereadTokens: number;
  /** Null where a call among them has no known price. */
  readonly costPicoUsd: bigint | null;
};

type RereadInput = {
  readonly calls: readonly SessionCall[];
  readonly breaks: readonly HistoryBreak[];
  /** How much of the messages before it each call sent, 0 to 1 (`estimateContextParts`). */
  readonly sentShares: readonly number[];
  /** pico-USD a token that a call was billed at; null where nobody knows. */
  readonly ratesOf: (call: SessionCall) => Rates | null;
};

type Message = { readonly tsMs: number; readonly tokens: number };

/**
 * What reading a message again has cost. Each call c after it, until the history is compacted or cleared, sent it:
 *
 *     cost(message) = tokens × ( share(first)·fresh(first) + Σ share(c)·old(c) over the calls after the first )
 *
 * `share(c)` is the part of the messages before call c that fits its measured context: 1, but where messages
 * were pruned, and which ones were is not known. `fresh(c)` is the mean rate that c paid for the tokens it did
 * not find in a cache: input and cache writes, each times its rate, by their sum. `old(c)` is the mean rate that
 * it paid for what the call before had sent as well: of these O = min(context before, context) tokens, the first
 * min(cache reads, O) are billed as cache reads and the rest as fresh. Rates are pico-USD a token, rounded to
 * whole ones a call: a message's cost is exact to half a pico-USD a token and call. All messages together never
 * cost more than the calls paid for their contexts, but for that rounding.
 */
export function rereadCosts(input: RereadInput): (message: Message) => Reread {
  const { calls, breaks, sentShares } = input;
  const times = calls.map(({ tsMs }) => tsMs);
  const breakTimes = breaks.map(({ atMs }) => atMs);
  const prices = calls.map((call, index) => priceOfCall(call, calls[index - 1], input.ratesOf));
  const share = (index: number) => sentShares[index] ?? 1;
  const shareBefore = [0];
  const oldBefore = [0n];
  const unknownBefore = [0];
  for (const [index, price] of prices.entries()) {
    shareBefore.push((shareBefore[index] ?? 0) + share(index));
    oldBefore.push((oldBefore[index] ?? 0n) + whole((price?.old ?? 0) * share(index)));
    unknownBefore.push((unknownBefore[index] ?? 0) + (price === null ? 1 : 0));
  }
  return ({ tsMs, tokens }) => {
    const from = firstAfter(times, tsMs);
    const end = breaks[firstAfter(breakTimes, tsMs)]?.index ?? calls.length;
    if (end <= from) return { rereads: 0, rereadTokens: 0, costPicoUsd: 0n };
    const isKnown = unknownBefore[end] === unknownBefore[from];
    const old = (oldBefore[end] ?? 0n) - (oldBefore[from + 1] ?? 0n);
    const rates = whole((prices[from]?.fresh ?? 0) * share(from)) + old;
    return {
      rereads: end - from,
      rereadTokens: Math.round(tokens * ((shareBefore[end] ?? 0) - (shareBefore[from] ?? 0))),
      costPicoUsd: isKnown ? BigInt(tokens) * rates : null,
    };
  };
}

const whole = (rate: number) => BigInt(Math.round(rate));

type CallPrice = { readonly fresh: number; readonly old: number };

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
  return { fresh, old };
}

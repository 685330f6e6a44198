import type { ConditionalPrice, ModelInfo } from '@pydantic/genai-prices';
import type { RateSet } from './rate-card.ts';
import { toRateSet } from './to-rate-set.ts';

const dayMs = 86_400_000;

export type DatedRateSet = {
  /** Null when the model has no price per token in that span. */
  readonly rates: RateSet | null;
  /** Null where the list gives no day. */
  readonly sinceMs: number | null;
  readonly holdsAt: (atMs: number) => boolean;
};

/**
 * A listed model's prices, the one to ask first in front: the list stores history in ascending order, and its
 * last entry that holds wins. The first listed price also holds for any time before it.
 */
export function datedRateSets(model: ModelInfo, providerId: string): readonly DatedRateSet[] {
  if (!Array.isArray(model.prices)) {
    return [{ rates: toRateSet(model.prices, providerId), sinceMs: null, holdsAt: always }];
  }
  return model.prices
    .map((price, index) => ({
      rates: toRateSet(price.prices, providerId),
      sinceMs: startOf(price.constraint),
      holdsAt: index === 0 ? always : holdsWhen(price.constraint),
    }))
    .reverse();
}

function startOf(constraint: ConditionalPrice['constraint']): number | null {
  return constraint?.type === 'start_date' ? Date.parse(constraint.start_date) : null;
}

function holdsWhen(constraint: ConditionalPrice['constraint']): (atMs: number) => boolean {
  if (constraint === undefined) return always;
  if (constraint.type === 'start_date') {
    const startMs = Date.parse(constraint.start_date);
    return (atMs) => atMs >= startMs;
  }
  const fromMs = timeOfDayMs(constraint.start_time);
  const toMs = timeOfDayMs(constraint.end_time);
  return (atMs) => {
    const timeMs = floorMod(atMs, dayMs);
    return toMs < fromMs ? timeMs >= fromMs || timeMs < toMs : timeMs >= fromMs && timeMs < toMs;
  };
}

/** "00:30:00Z" or with an offset, as milliseconds after midnight UTC. */
function timeOfDayMs(time: string): number {
  return floorMod(Date.parse(`1970-01-01T${time}`), dayMs);
}

function floorMod(value: number, modulus: number): number {
  return ((value % modulus) + modulus) % modulus;
}

function always(): boolean {
  return true;
}

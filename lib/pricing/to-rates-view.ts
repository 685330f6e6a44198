import { formatPicoUsd } from './parse-usd.ts';
import type { PriceOverride } from './price-override.ts';
import type { RatesInForce, RatesView } from './price-view.ts';
import type { RateCard, Rates } from './rate-card.ts';
import { formatUsdPerMillion } from './usd-per-million.ts';

export function toRatesView(rates: Rates): RatesView {
  return {
    inputUsdPerMillion: formatUsdPerMillion(rates.input),
    outputUsdPerMillion: formatUsdPerMillion(rates.output),
    cacheReadUsdPerMillion: formatUsdPerMillion(rates.cacheRead),
    cacheWrite5mUsdPerMillion: formatUsdPerMillion(rates.cacheWrite5m),
    cacheWrite1hUsdPerMillion: formatUsdPerMillion(rates.cacheWrite1h),
  };
}

/** `overrides` are those that the card was resolved with: they know since when an override holds. */
export function toRatesInForce(card: RateCard, overrides: readonly PriceOverride[]): RatesInForce {
  return {
    ...toRatesView(card.base),
    tiers: card.tiers.map(({ aboveContextTokens, rates }) => ({ aboveContextTokens, ...toRatesView(rates) })),
    perRequestUsd: formatPicoUsd(card.perRequest),
    origin: card.origin,
    version: card.version,
    matched: card.matched,
    since: instantOrNull(sinceMs(card, overrides)),
  };
}

function sinceMs(card: RateCard, overrides: readonly PriceOverride[]): number | null {
  if (card.origin === 'genai-prices') return card.sinceMs ?? null;
  return overrides.find(({ id }) => card.version === `override:${id}`)?.validFromMs ?? null;
}

/** The first instant of 1970 stands for "from the beginning". */
export function instantOrNull(atMs: number | null): string | null {
  return atMs === null || atMs === 0 ? null : new Date(atMs).toISOString();
}

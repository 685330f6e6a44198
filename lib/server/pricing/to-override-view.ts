import 'server-only';
import type { PriceOverrideRow } from '#db/queries/list-price-overrides.ts';
import type { PriceOverrideView } from '#lib/pricing/price-view.ts';
import { instantOrNull, toRatesView } from '#lib/pricing/to-rates-view.ts';
import { toPriceOverride } from './to-price-override.ts';

export function toOverrideView(row: PriceOverrideRow): PriceOverrideView {
  const { rates, validFromMs, validToMs } = toPriceOverride(row);
  return {
    id: row.id,
    provider: row.provider,
    model: row.modelPattern,
    ...toRatesView(rates),
    validFrom: instantOrNull(validFromMs),
    validTo: validToMs === null ? null : new Date(validToMs).toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}

import 'server-only';
import type { PriceOverrideRow } from '#db/queries/list-price-overrides.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';

export function toPriceOverride(row: PriceOverrideRow): PriceOverride {
  return {
    id: row.id,
    provider: row.provider,
    modelPattern: row.modelPattern,
    validFromMs: row.validFrom.getTime(),
    validToMs: row.validTo?.getTime() ?? null,
    rates: {
      input: row.inputRate,
      cacheRead: row.cacheReadRate,
      cacheWrite5m: row.cacheWrite5mRate,
      cacheWrite1h: row.cacheWrite1hRate,
      output: row.outputRate,
    },
  };
}

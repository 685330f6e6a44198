import 'server-only';
import type { Database } from '#db/database.ts';
import { listPriceOverrides } from '#db/queries/list-price-overrides.ts';
import { priceListVersion, resolveRates } from '#lib/pricing/model-rates.ts';
import type { PricedModel, PricesView } from '#lib/pricing/price-view.ts';
import { toRatesInForce } from '#lib/pricing/to-rates-view.ts';
import { readUsage } from '../read-usage.ts';
import { toOverrideView } from './to-override-view.ts';
import { toPriceOverride } from './to-price-override.ts';

const modelsMax = 500;
const ledgerStartMs = Date.UTC(2000, 0, 1);

/**
 * The project's own rates, and of each model that calls have named (the 500 that matter most: without a price
 * first, then by cost) the rates in force now and where they come from.
 */
export async function readPrices(
  db: Database,
  { projectId, nowMs }: { readonly projectId: number; readonly nowMs: number },
): Promise<PricesView> {
  const [rows, seen] = await Promise.all([
    listPriceOverrides(db, projectId),
    readUsage(db, {
      projectId,
      fromMs: ledgerStartMs,
      // Clocks of clients may be a day ahead.
      toMs: nowMs + 2 * 86_400_000,
      timeZone: 'UTC',
      bucket: 'total',
      groupBy: ['provider', 'model'],
    }),
  ]);
  const overrides = rows.map(toPriceOverride);
  const models = seen.map(({ provider, model, calls, costUsd, unpricedTokens }): PricedModel => {
    const name = { provider: provider ?? '', model: model ?? '' };
    const card = resolveRates({ ...name, atMs: nowMs, overrides });
    return {
      ...name,
      calls,
      costUsd,
      unpricedTokens,
      rates: card === null ? null : toRatesInForce(card, overrides),
    };
  });
  return {
    priceList: priceListVersion,
    overrides: rows
      .map(toOverrideView)
      .sort((a, b) => a.model.localeCompare(b.model) || (a.validFrom ?? '').localeCompare(b.validFrom ?? '')),
    models: models
      .sort((a, b) => Number(b.unpricedTokens > 0) - Number(a.unpricedTokens > 0))
      .slice(0, modelsMax),
  };
}

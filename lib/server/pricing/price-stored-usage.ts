import 'server-only';
import type { UsagePriceRow } from '#db/queries/list-usage-prices.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import { costPicoUsdMax, priceUsage, type UsagePrice } from '#lib/pricing/price-usage.ts';

export type StoredModel = { readonly provider: string; readonly name: string };

/** A stored call with the price that it would get today. */
export type PricedRow = {
  readonly row: UsagePriceRow;
  readonly model: StoredModel;
  readonly price: UsagePrice;
  /** Whether that is another price than the stored one. */
  readonly isDue: boolean;
};

/** By the rates that hold at the call's own time. A cost that no column holds leaves the stored one. */
export function priceStoredUsage(
  row: UsagePriceRow,
  {
    names,
    overrides,
  }: {
    readonly names: ReadonlyMap<number, StoredModel>;
    readonly overrides: readonly PriceOverride[];
  },
): PricedRow {
  const model = names.get(row.modelId) ?? { provider: '', name: '' };
  const requested = row.requestedModelId === null ? undefined : names.get(row.requestedModelId);
  const price = priceUsage(
    {
      provider: model.provider,
      model: model.name,
      requestedModel: requested?.name ?? null,
      atMs: row.atMs,
      tokens: {
        input: row.inputTokens,
        cacheRead: row.cacheReadTokens,
        cacheWrite5m: row.cacheWrite5mTokens,
        cacheWrite1h: row.cacheWrite1hTokens,
        output: row.outputTokens,
      },
    },
    overrides,
  );
  const differs = price.costPicoUsd !== row.costPicoUsd || price.status !== row.priceStatus;
  return { row, model, price, isDue: differs && price.costPicoUsd <= costPicoUsdMax };
}

/** All tokens of a call, each once. */
export function tokensOf(row: UsagePriceRow): number {
  return (
    row.inputTokens + row.cacheReadTokens + row.cacheWrite5mTokens + row.cacheWrite1hTokens + row.outputTokens
  );
}

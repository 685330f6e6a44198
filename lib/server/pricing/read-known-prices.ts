import 'server-only';
import { listKnownModels } from '#lib/pricing/list-known-models.ts';
import type { ListedPrice } from '#lib/pricing/price-view.ts';
import { toRatesView } from '#lib/pricing/to-rates-view.ts';

/** Models of the bundled list whose provider, id or name holds the text, by provider and id. */
export function readKnownPrices({
  text,
  limit,
  nowMs,
}: {
  readonly text: string;
  readonly limit: number;
  readonly nowMs: number;
}): { readonly total: number; readonly models: readonly ListedPrice[] } {
  const wanted = text.trim().toLowerCase();
  const fitting = listKnownModels({ atMs: nowMs }).filter(({ provider, model, name }) =>
    `${provider}/${model} ${name}`.toLowerCase().includes(wanted),
  );
  return {
    total: fitting.length,
    models: fitting
      .slice(0, limit)
      .map(({ provider, model, name, rates }) => ({ provider, model, name, ...toRatesView(rates.base) })),
  };
}

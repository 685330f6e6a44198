import type { PriceOverrideView, RatesView } from '#lib/pricing/price-view.ts';
import { fetchJson } from './fetch-json.ts';
import { priceOverride } from './prices-query.ts';
import * as shape from './shape.ts';

export type PriceInput = Partial<RatesView> &
  Pick<RatesView, 'inputUsdPerMillion' | 'outputUsdPerMillion'> & {
    readonly provider: string;
    readonly model: string;
    readonly validFrom?: string | null;
    readonly validTo?: string | null;
  };

/** Adds rates, or changes those of the id. */
export function savePrice({
  id,
  body,
}: {
  readonly id: string | null;
  readonly body: PriceInput;
}): Promise<PriceOverrideView> {
  return id === null
    ? fetchJson({ path: '/api/prices', method: 'POST', body, schema: priceOverride })
    : fetchJson({ path: `/api/prices/${id}`, method: 'PATCH', body, schema: priceOverride });
}

export function removePrice(id: string): Promise<undefined> {
  return fetchJson({ path: `/api/prices/${id}`, method: 'DELETE', schema: shape.nothing });
}

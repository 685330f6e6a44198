import 'server-only';
import type { UsagePriceRow } from '#db/queries/list-usage-prices.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { UsagePrice } from '#lib/pricing/price-usage.ts';
import type { RepricedModel, Repricing } from '#lib/pricing/price-view.ts';
import { type PricedRow, tokensOf } from './price-stored-usage.ts';

type Sums = { calls: number; before: bigint; after: bigint; unpricedBefore: number; unpricedAfter: number };

export type RepriceTally = {
  /** A call whose cost stays. */
  keep(priced: PricedRow): void;
  change(priced: PricedRow): void;
  result(): Omit<Repricing, 'dryRun' | 'next'>;
};

/** Adds up what re-pricing changes; one entry for each model that changes. */
export function repriceTally(): RepriceTally {
  const all = noSums();
  const byModel = new Map<string, Sums & { readonly provider: string; readonly model: string }>();
  let changed = 0;
  return {
    keep: ({ row }) => add(all, row, { costPicoUsd: row.costPicoUsd, status: row.priceStatus }),
    change: ({ row, model, price }) => {
      const key = `${model.provider}\u0000${model.name}`;
      const sums = byModel.get(key) ?? { provider: model.provider, model: model.name, ...noSums() };
      byModel.set(key, sums);
      add(all, row, price);
      add(sums, row, price);
      changed += 1;
    },
    result: () => ({
      calls: all.calls,
      changed,
      beforeUsd: formatPicoUsd(all.before),
      afterUsd: formatPicoUsd(all.after),
      unpricedTokensBefore: all.unpricedBefore,
      unpricedTokensAfter: all.unpricedAfter,
      models: [...byModel.values()].sort(byDifference).map(toView),
    }),
  };
}

function noSums(): Sums {
  return { calls: 0, before: 0n, after: 0n, unpricedBefore: 0, unpricedAfter: 0 };
}

function add(sums: Sums, row: UsagePriceRow, after: Pick<UsagePrice, 'costPicoUsd' | 'status'>): void {
  sums.calls += 1;
  sums.before += row.costPicoUsd;
  sums.after += after.costPicoUsd;
  if (row.priceStatus === 'unpriced') sums.unpricedBefore += tokensOf(row);
  if (after.status === 'unpriced') sums.unpricedAfter += tokensOf(row);
}

function byDifference(a: Sums, b: Sums): number {
  const difference = ({ before, after }: Sums) => (after > before ? after - before : before - after);
  const [first, second] = [difference(a), difference(b)];
  return first < second ? 1 : first > second ? -1 : b.calls - a.calls;
}

function toView(sums: Sums & { readonly provider: string; readonly model: string }): RepricedModel {
  return {
    provider: sums.provider,
    model: sums.model,
    calls: sums.calls,
    beforeUsd: formatPicoUsd(sums.before),
    afterUsd: formatPicoUsd(sums.after),
    unpricedTokensBefore: sums.unpricedBefore,
    unpricedTokensAfter: sums.unpricedAfter,
  };
}

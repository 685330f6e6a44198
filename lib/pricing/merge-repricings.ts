import { formatPicoUsd, parseUsd } from './parse-usd.ts';
import type { RepricedModel, Repricing } from './price-view.ts';

/** The pieces of a long re-pricing as one answer. `next` is that of the later piece. */
export function mergeRepricings(first: Repricing, second: Repricing): Repricing {
  const models = new Map<string, RepricedModel>();
  for (const model of [...first.models, ...second.models]) {
    const key = `${model.provider}\u0000${model.model}`;
    const known = models.get(key);
    models.set(key, known === undefined ? model : { ...model, ...addSums(known, model) });
  }
  return {
    ...second,
    ...addSums(first, second),
    changed: first.changed + second.changed,
    models: [...models.values()].sort((a, b) => differenceOf(b) - differenceOf(a)),
  };
}

type Sums = Pick<
  Repricing,
  'calls' | 'beforeUsd' | 'afterUsd' | 'unpricedTokensBefore' | 'unpricedTokensAfter'
>;

function addSums(a: Sums, b: Sums): Sums {
  return {
    calls: a.calls + b.calls,
    beforeUsd: addUsd(a.beforeUsd, b.beforeUsd),
    afterUsd: addUsd(a.afterUsd, b.afterUsd),
    unpricedTokensBefore: a.unpricedTokensBefore + b.unpricedTokensBefore,
    unpricedTokensAfter: a.unpricedTokensAfter + b.unpricedTokensAfter,
  };
}

function addUsd(a: string, b: string): string {
  return formatPicoUsd(parseUsd(a) + parseUsd(b));
}

/** For the order only. */
function differenceOf({ beforeUsd, afterUsd }: Sums): number {
  return Math.abs(Number(afterUsd) - Number(beforeUsd));
}

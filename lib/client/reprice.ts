import { queryOptions } from '@tanstack/react-query';
import { mergeRepricings } from '#lib/pricing/merge-repricings.ts';
import type { Repricing } from '#lib/pricing/price-view.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const sums = {
  calls: shape.number,
  beforeUsd: shape.string,
  afterUsd: shape.string,
  unpricedTokensBefore: shape.number,
  unpricedTokensAfter: shape.number,
};

const repricing = shape.object({
  dryRun: shape.boolean,
  changed: shape.number,
  ...sums,
  models: shape.array(shape.object({ provider: shape.string, model: shape.string, ...sums })),
  next: shape.nullable(shape.string),
}) satisfies shape.Shape<Repricing>;

/** Whose calls; null for all. */
export type RepriceChoice = readonly { readonly provider: string; readonly model: string }[] | null;

/** What re-pricing would change. Asked once: while the dialog is open its figures stay. */
export function repricePreviewQuery(models: RepriceChoice) {
  return queryOptions({
    queryKey: ['reprice-preview', models],
    queryFn: ({ signal }) => repriceAll({ dryRun: true, models, signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** Re-prices stored calls, all pieces of them. When one fails, what came before is done. */
export function applyRepricing(models: RepriceChoice): Promise<Repricing> {
  return repriceAll({ dryRun: false, models });
}

async function repriceAll({
  dryRun,
  models,
  signal,
}: {
  readonly dryRun: boolean;
  readonly models: RepriceChoice;
  readonly signal?: AbortSignal;
}): Promise<Repricing> {
  const ask = (cursor: string | null) =>
    fetchJson({
      path: '/api/prices/reprice',
      method: 'POST',
      body: { dryRun, models, cursor },
      schema: repricing,
      signal,
    });
  let answer: Repricing = await ask(null);
  while (answer.next !== null) answer = mergeRepricings(answer, await ask(answer.next));
  return answer;
}

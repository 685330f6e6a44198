import { expect, test } from 'vitest';
import { mergeRepricings } from './merge-repricings.ts';
import type { RepricedModel, Repricing } from './price-view.ts';

const sums = (calls: number, beforeUsd: string, afterUsd: string) => ({
  calls,
  beforeUsd,
  afterUsd,
  unpricedTokensBefore: calls * 10,
  unpricedTokensAfter: 0,
});
const model = (name: string, calls: number, before: string, after: string): RepricedModel => ({
  provider: 'home',
  model: name,
  ...sums(calls, before, after),
});
const piece = (models: readonly RepricedModel[], next: string | null): Repricing => ({
  dryRun: true,
  changed: models.reduce((sum, { calls }) => sum + calls, 0),
  ...sums(5, '0.1', '0.2'),
  models,
  next,
});

test('pieces add up exactly, model by model, the largest difference first', () => {
  const first = piece([model('a', 2, '0.1', '0.2'), model('b', 1, '0', '0.05')], 'more');
  const second = piece([model('b', 3, '0', '0.3')], null);
  expect(mergeRepricings(first, second)).toEqual({
    dryRun: true,
    changed: 6,
    calls: 10,
    beforeUsd: '0.2',
    afterUsd: '0.4',
    unpricedTokensBefore: 100,
    unpricedTokensAfter: 0,
    models: [model('b', 4, '0', '0.35'), model('a', 2, '0.1', '0.2')],
    next: null,
  });
});

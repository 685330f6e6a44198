import { findProvider } from '@pydantic/genai-prices';
import { datedRateSets } from './dated-rate-sets.ts';
import { listedProviderIds } from './provider-id.ts';
import type { RateSet } from './rate-card.ts';

export type KnownModel = {
  readonly provider: string;
  readonly model: string;
  readonly name: string;
  readonly windowTokens: number | null;
  readonly rates: RateSet;
};

/**
 * Every model of the bundled list that has a price per token at that instant, by provider and model id
 * (about 1,650 rows). Computed anew at each call, a few milliseconds.
 */
export function listKnownModels({ atMs }: { readonly atMs: number }): readonly KnownModel[] {
  return listedProviderIds.flatMap((provider) =>
    (findProvider({ providerId: provider })?.models ?? []).flatMap((model) => {
      const rates = datedRateSets(model, provider).find((dated) => dated.holdsAt(atMs))?.rates ?? null;
      if (rates === null) return [];
      return [
        {
          provider,
          model: model.id,
          name: model.name ?? model.id,
          windowTokens: model.context_window ?? null,
          rates,
        },
      ];
    }),
  );
}

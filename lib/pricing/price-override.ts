import { modelIdForms } from './model-id-forms.ts';
import { toProviderId } from './provider-id.ts';
import type { RateCard, Rates } from './rate-card.ts';

/** A project's own dated rates. `provider` and `modelPattern` know `*` as "anything"; letter case is ignored. */
export type PriceOverride = {
  readonly id: string;
  readonly provider: string;
  readonly modelPattern: string;
  readonly validFromMs: number;
  /** Excluded; null = until further notice. */
  readonly validToMs: number | null;
  readonly rates: Rates;
};

export type MatchedOverride = {
  readonly validFromMs: number;
  readonly validToMs: number;
  readonly card: RateCard;
};

/**
 * The overrides that fit a model, the one that wins first: those that fit the id as sent before those that
 * fit a normalised form, then the pattern without `*`, the longer pattern, the named provider, the latest
 * `validFromMs`, and the id, so that the order never depends on how the list was read.
 */
export function matchOverrides({
  provider,
  model,
  overrides,
}: {
  readonly provider: string;
  readonly model: string;
  readonly overrides: readonly PriceOverride[];
}): readonly MatchedOverride[] {
  const forms = modelIdForms(model);
  return overrides
    .filter((override) => fitsProvider(override.provider, provider))
    .map((override) => ({
      override,
      form: forms.findIndex((id) => matchesPattern(id, override.modelPattern)),
    }))
    .filter(({ form }) => form >= 0)
    .sort((a, b) => Number(a.form > 0) - Number(b.form > 0) || compareSpecificity(a.override, b.override))
    .map(({ override, form }) => ({
      validFromMs: override.validFromMs,
      validToMs: override.validToMs ?? Number.POSITIVE_INFINITY,
      card: toRateCard(override, form === 0 ? 'model' : 'normalised'),
    }));
}

function fitsProvider(wanted: string, provider: string): boolean {
  if (matchesPattern(provider.trim().toLowerCase(), wanted)) return true;
  const wantedId = toProviderId(wanted);
  return wantedId !== null && wantedId === toProviderId(provider);
}

function compareSpecificity(a: PriceOverride, b: PriceOverride): number {
  return (
    Number(a.modelPattern.includes('*')) - Number(b.modelPattern.includes('*')) ||
    literalLength(b.modelPattern) - literalLength(a.modelPattern) ||
    literalLength(b.provider) - literalLength(a.provider) ||
    b.validFromMs - a.validFromMs ||
    (a.id < b.id ? -1 : 1)
  );
}

function literalLength(pattern: string): number {
  return pattern.replaceAll('*', '').length;
}

/** Linear in text times parts; a regular expression with many `.*` could be made to run for minutes. */
export function matchesPattern(text: string, pattern: string): boolean {
  const parts = pattern.trim().toLowerCase().split('*');
  const first = parts[0] ?? '';
  const last = parts[parts.length - 1] ?? '';
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, position);
    if (at < 0) return false;
    position = at + part.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}

function toRateCard(override: PriceOverride, matched: RateCard['matched']): RateCard {
  return {
    base: override.rates,
    tiers: [],
    perRequest: 0n,
    origin: 'override',
    version: `override:${override.id}`,
    matched,
  };
}

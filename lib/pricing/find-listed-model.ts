import { calcPrice, findProvider, type ModelInfo } from '@pydantic/genai-prices';
import { LRUCache } from 'lru-cache';
import { modelIdForms } from './model-id-forms.ts';
import { listedProviderIds, toProviderId } from './provider-id.ts';
import type { RateCard } from './rate-card.ts';

export type ListedModel = {
  readonly model: ModelInfo;
  readonly providerId: string;
  readonly matched: RateCard['matched'];
};

// What runs on one's own machine costs nothing per token, or what its owner says in an override; the price
// of a namesake in a cloud would be wrong.
const ownHardware =
  /^(?:ollama|lm-?studio|lm_studio|vllm|sglang|llama[-_.]?cpp|llamafile|mlx|localai|local)$/;

const found = new LRUCache<string, { readonly entry: ListedModel | null }>({ max: 4_096 });

/**
 * Finds a model in the bundled price list, also under its usual variants (see `modelIdForms`). A provider
 * that the list does not know is guessed: the vendor in the id ("anthropic/..."), then the model's maker,
 * then whoever lists that very id; models on own hardware are never guessed. Null when nothing matches.
 * Remembers the 4,096 last used pairs, misses too.
 */
export function findListedModel({
  provider,
  model,
}: {
  readonly provider: string;
  readonly model: string;
}): ListedModel | null {
  const key = `${provider}\n${model}`;
  const known = found.get(key);
  if (known !== undefined) return known.entry;
  const entry = lookUp(provider, model);
  found.set(key, { entry });
  return entry;
}

function lookUp(provider: string, model: string): ListedModel | null {
  const forms = modelIdForms(model);
  const providerId = toProviderId(provider);
  if (providerId !== null) return findAt(providerId, forms);
  if (ownHardware.test(provider.trim().toLowerCase())) return null;
  const guess = guessByVendor(forms) ?? guessByMaker(forms) ?? guessByExactId(forms);
  return guess === null ? null : { ...guess, matched: 'guessed-provider' };
}

function findAt(providerId: string, forms: readonly string[]): ListedModel | null {
  for (const [index, id] of forms.entries()) {
    // Its lookup is not exported, so it is asked for a price; the instant does not change which model it finds.
    const price = id === '' ? null : calcPrice({}, id, { providerId, timestamp: new Date(0) });
    if (price) return { model: price.model, providerId, matched: index === 0 ? 'model' : 'normalised' };
  }
  return findWithoutVendor(providerId, forms);
}

/** Hosts list `openai/gpt-oss-120b` where people send `gpt-oss-120b`. */
function findWithoutVendor(providerId: string, forms: readonly string[]): ListedModel | null {
  const models = findProvider({ providerId })?.models ?? [];
  for (const id of forms) {
    const model = id === '' ? undefined : models.find((listed) => listed.id.toLowerCase().endsWith(`/${id}`));
    if (model !== undefined) return { model, providerId, matched: 'normalised' };
  }
  return null;
}

function guessByVendor(forms: readonly string[]): ListedModel | null {
  for (const id of forms) {
    const slash = id.indexOf('/');
    const vendorId = slash > 0 ? toProviderId(id.slice(0, slash)) : null;
    const entry = vendorId === null ? null : findAt(vendorId, modelIdForms(id.slice(slash + 1)));
    if (entry !== null) return entry;
  }
  return null;
}

function guessByMaker(forms: readonly string[]): ListedModel | null {
  for (const id of forms) {
    const makerId = id === '' ? undefined : findProvider({ modelId: id })?.id;
    const entry = makerId === undefined ? null : findAt(makerId, [id]);
    if (entry !== null) return entry;
  }
  return null;
}

let modelsById: ReadonlyMap<string, ListedModel> | undefined;

function guessByExactId(forms: readonly string[]): ListedModel | null {
  modelsById ??= indexById();
  for (const id of forms) {
    const entry = modelsById.get(id);
    if (entry !== undefined) return entry;
  }
  return null;
}

function indexById(): ReadonlyMap<string, ListedModel> {
  const index = new Map<string, ListedModel>();
  // OpenRouter first: its `vendor/model` ids are what gateways have copied, at prices near the makers' own.
  for (const providerId of ['openrouter', ...listedProviderIds]) {
    for (const model of findProvider({ providerId })?.models ?? []) {
      const id = model.id.toLowerCase();
      if (!index.has(id)) index.set(id, { model, providerId, matched: 'guessed-provider' });
    }
  }
  return index;
}

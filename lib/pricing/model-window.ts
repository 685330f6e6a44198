import { findProvider } from '@pydantic/genai-prices';
import { findListedModel } from './find-listed-model.ts';

/**
 * The context window of a model in tokens, or null where the price list does not say. Hosts that state none
 * (Bedrock, routers) get the window that the model's maker states for it.
 */
export function modelWindow(query: { readonly provider: string; readonly model: string }): number | null {
  const entry = findListedModel(query);
  const stated = entry?.model.context_window;
  if (stated !== undefined) return stated;
  const maker = findProvider({ modelId: query.model.trim().toLowerCase() });
  if (maker === undefined || maker.id === entry?.providerId) return null;
  return findListedModel({ provider: maker.id, model: query.model })?.model.context_window ?? null;
}

import { findProvider } from '@pydantic/genai-prices';

/** Every provider of the price list, which offers no synchronous listing; a test holds that it is complete. */
export const listedProviderIds = [
  'anthropic',
  'arcee',
  'avian',
  'aws',
  'azure',
  'baseten',
  'cerebras',
  'cloudflare',
  'cohere',
  'cursor',
  'deepseek',
  'doubleword',
  'fireworks',
  'github-copilot',
  'google',
  'groq',
  'huggingface_cerebras',
  'huggingface_fireworks-ai',
  'huggingface_groq',
  'huggingface_hyperbolic',
  'huggingface_nebius',
  'huggingface_novita',
  'huggingface_nscale',
  'huggingface_ovhcloud',
  'huggingface_publicai',
  'huggingface_sambanova',
  'huggingface_together',
  'minimax',
  'mistral',
  'modal',
  'moonshotai',
  'novita',
  'openai',
  'openrouter',
  'ovhcloud',
  'perplexity',
  'quicksilverpro',
  'together',
  'typesafe',
  'voyageai',
  'x-ai',
  'zai',
  'zhipuai',
] as const;

// Names that people send and the price list does not know, or takes for another (it reads OpenTelemetry's
// `azure.ai.openai` as OpenAI itself).
const aliases = new Map<string, string>(
  Object.entries({
    'azure.ai.openai': 'azure',
    'azure.ai.inference': 'azure',
    'az.ai.openai': 'azure',
    'az.ai.inference': 'azure',
    'azure-openai': 'azure',
    azure_openai: 'azure',
    azureopenai: 'azure',
    'azure-ai': 'azure',
    azure_ai: 'azure',
    'gcp.gen_ai': 'google',
    claude: 'anthropic',
    'claude-code': 'anthropic',
    codex: 'openai',
    x_ai: 'x-ai',
    'x.ai': 'x-ai',
    grok: 'x-ai',
    kimi: 'moonshotai',
    'z-ai': 'zai',
    'z.ai': 'zai',
    zhipu: 'zhipuai',
    mistralai: 'mistral',
    'fireworks-ai': 'fireworks',
    fireworks_ai: 'fireworks',
    'together.ai': 'together',
    togetherai: 'together',
    'perplexity-ai': 'perplexity',
  }),
);

/**
 * The price list's id of a provider under any of its usual names ("gemini", "vertex_ai", "aws.bedrock"), or
 * null when the list does not know it.
 */
export function toProviderId(name: string): string | null {
  const lower = name.trim().toLowerCase();
  if (lower === '') return null;
  return findProvider({ providerId: aliases.get(lower) ?? lower })?.id ?? null;
}

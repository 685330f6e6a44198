import type { WhatIfRules } from '#lib/client/what-if-query.ts';

/** The rules of the form, each with the values that make sense to try. `off` leaves a rule out. */
export const whatIfChoices = {
  resultBytesMax: {
    label: 'Tool results',
    options: [
      { value: 'off', label: 'as they were' },
      { value: '10240', label: 'up to 10 KB' },
      { value: '4096', label: 'up to 4 KB' },
      { value: '1024', label: 'up to 1 KB' },
    ],
  },
  historyBytesMax: {
    label: 'History',
    options: [
      { value: 'off', label: 'as it was' },
      { value: '500000', label: 'under 500 KB' },
      { value: '200000', label: 'under 200 KB' },
      { value: '50000', label: 'under 50 KB' },
    ],
  },
  contextTokensMax: {
    label: 'Context',
    options: [
      { value: 'off', label: 'all of it' },
      { value: '40000', label: '40,000 tokens' },
      { value: '16000', label: '16,000 tokens' },
      { value: '4000', label: '4,000 tokens' },
    ],
  },
  pairsMax: {
    label: 'Trimming',
    options: [
      { value: 'off', label: 'none' },
      { value: '40', label: '40 pairs' },
      { value: '20', label: '20 pairs' },
      { value: '10', label: '10 pairs' },
    ],
  },
  model: {
    label: 'Model',
    options: [
      { value: 'off', label: 'as it was' },
      { value: 'anthropic/claude-haiku-4-5', label: 'claude-haiku-4-5' },
      { value: 'anthropic/claude-sonnet-4-5', label: 'claude-sonnet-4-5' },
      { value: 'openai/gpt-5', label: 'gpt-5' },
      { value: 'openai/gpt-5-mini', label: 'gpt-5-mini' },
      { value: 'google/gemini-2.5-flash', label: 'gemini-2.5-flash' },
    ],
  },
} as const satisfies Record<
  keyof WhatIfRules,
  { readonly label: string; readonly options: readonly { readonly value: string; readonly label: string }[] }
>;

export type WhatIfRule = keyof typeof whatIfChoices;
export const whatIfRuleNames = [
  'resultBytesMax',
  'historyBytesMax',
  'contextTokensMax',
  'pairsMax',
  'model',
] as const satisfies readonly WhatIfRule[];

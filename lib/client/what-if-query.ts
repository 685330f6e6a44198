import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { WhatIf, WhatIfSide } from '#lib/sessions/what-if.ts';
import { fetchJson } from './fetch-json.ts';

const side = z.object({
  model: z.nullable(z.string()),
  calls: z.number(),
  tokens: z.number(),
  largestContext: z.number(),
  historyBytes: z.number(),
  costUsd: z.nullable(z.string()),
  diesAtCall: z.nullable(z.number()),
}) satisfies z.ZodMiniType<WhatIfSide>;

const whatIfAnswer = z.object({
  messages: z.number(),
  messagesReplayed: z.number(),
  windowTokens: z.number(),
  before: side,
  after: side,
  resultsShortened: z.number(),
  compactions: z.number(),
  steps: z.array(z.object({ call: z.number(), before: z.number(), after: z.number() })),
}) satisfies z.ZodMiniType<WhatIf>;

/** Rules by their name in the API; what is left out is off. */
export type WhatIfRules = Readonly<
  Partial<Record<'resultBytesMax' | 'historyBytesMax' | 'contextTokensMax' | 'pairsMax' | 'model', string>>
>;

/** A recorded session replayed with rules; kept, since a replay takes seconds and a past does not change. */
export function whatIfQuery(id: string, rules: WhatIfRules) {
  const search = new URLSearchParams(rules);
  search.sort();
  return queryOptions({
    queryKey: ['session', id, 'what-if', search.toString()],
    queryFn: ({ signal }) =>
      fetchJson({
        path: `/api/sessions/${encodeURIComponent(id)}/what-if?${search}`,
        schema: whatIfAnswer,
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

import { queryOptions } from '@tanstack/react-query';
import type { WhatIf, WhatIfSide } from '#lib/sessions/what-if.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const side = shape.object({
  model: shape.nullable(shape.string),
  calls: shape.number,
  tokens: shape.number,
  largestContext: shape.number,
  historyBytes: shape.number,
  costUsd: shape.nullable(shape.string),
  diesAtCall: shape.nullable(shape.number),
}) satisfies shape.Shape<WhatIfSide>;

const whatIfAnswer = shape.object({
  messages: shape.number,
  messagesReplayed: shape.number,
  stoppedBy: shape.nullable(shape.oneOf(['messages', 'bytes', 'time'])),
  windowTokens: shape.number,
  before: side,
  after: side,
  resultsShortened: shape.number,
  compactions: shape.number,
  steps: shape.array(shape.object({ call: shape.number, before: shape.number, after: shape.number })),
}) satisfies shape.Shape<WhatIf>;

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

import * as z from 'zod/mini';
import type { SearchAnswer } from '#lib/chat/search-answer.ts';
import { fetchJson } from './fetch-json.ts';

const answer = z.object({
  hits: z.array(
    z.object({
      seq: z.number(),
      role: z.string(),
      kind: z.string(),
      toolName: z.nullable(z.string()),
      snippet: z.string(),
    }),
  ),
  searchedFrom: z.number(),
  nextBefore: z.nullable(z.number()),
  epoch: z.number(),
}) satisfies z.ZodMiniType<SearchAnswer>;

/** One stretch of a search through a session's whole texts, from the newest message back. */
export function searchSession(input: {
  readonly sessionId: string;
  readonly words: string;
  readonly before: number | null;
  readonly signal: AbortSignal;
}): Promise<SearchAnswer> {
  const search = new URLSearchParams({ q: input.words, limit: '100' });
  if (input.before !== null) search.set('before', String(input.before));
  return fetchJson({
    path: `/api/sessions/${encodeURIComponent(input.sessionId)}/search?${search}`,
    schema: answer,
    signal: input.signal,
  });
}

import type { SearchAnswer } from '#lib/chat/search-answer.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const answer = shape.object({
  hits: shape.array(
    shape.object({
      seq: shape.number,
      role: shape.string,
      kind: shape.string,
      toolName: shape.nullable(shape.string),
      snippet: shape.string,
    }),
  ),
  searchedFrom: shape.number,
  nextBefore: shape.nullable(shape.number),
  epoch: shape.number,
}) satisfies shape.Shape<SearchAnswer>;

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

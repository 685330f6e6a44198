import { queryOptions } from '@tanstack/react-query';
import type { SessionOutline } from '#lib/chat/session-outline.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const outline = shape.object({
  lastSeq: shape.number,
  epoch: shape.number,
  clearedThroughSeq: shape.number,
  bytes: shape.number,
  heavy: shape.array(shape.object({ seq: shape.number, bytes: shape.number })),
  compactions: shape.array(shape.number),
  errors: shape.array(shape.number),
}) satisfies shape.Shape<SessionOutline>;

/** Where a session's weight and landmarks are. Kept for ten seconds; a new epoch asks anew. */
export function outlineQuery({ sessionId, epoch }: { readonly sessionId: string; readonly epoch: number }) {
  return queryOptions({
    queryKey: ['chat', sessionId, 'outline', epoch],
    staleTime: 10_000,
    gcTime: 10_000,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) =>
      fetchJson({
        path: `/api/sessions/${encodeURIComponent(sessionId)}/outline`,
        schema: outline,
        signal,
      }),
  });
}

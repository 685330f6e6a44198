import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { SessionOutline } from '#lib/chat/session-outline.ts';
import { fetchJson } from './fetch-json.ts';

const outline = z.object({
  lastSeq: z.number(),
  epoch: z.number(),
  clearedThroughSeq: z.number(),
  bytes: z.number(),
  heavy: z.array(z.object({ seq: z.number(), bytes: z.number() })),
  compactions: z.array(z.number()),
  errors: z.array(z.number()),
}) satisfies z.ZodMiniType<SessionOutline>;

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

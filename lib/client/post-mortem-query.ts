import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { PostMortem } from '#lib/sessions/post-mortem.ts';
import { fetchJson } from './fetch-json.ts';

const postMortemAnswer = z.object({
  cause: z.nullable(z.enum(['overflow', 'errors', 'silence'])),
  steps: z.array(
    z.object({
      ts: z.string(),
      contextTokens: z.number(),
      growthTokens: z.nullable(z.number()),
      status: z.enum(['ok', 'error', 'aborted']),
      error: z.nullable(z.string()),
    }),
  ),
  culprit: z.nullable(
    z.object({
      seq: z.number(),
      toolName: z.nullable(z.string()),
      bytes: z.number(),
      tokens: z.number(),
      rereads: z.number(),
    }),
  ),
  rule: z.nullable(z.enum(['resultBytesMax', 'historyBytesMax'])),
}) satisfies z.ZodMiniType<PostMortem>;

/** Why a session stopped, or that nothing looks wrong. */
export function postMortemQuery(id: string) {
  return queryOptions({
    queryKey: ['session', id, 'post-mortem'],
    queryFn: ({ signal }) =>
      fetchJson({
        path: `/api/sessions/${encodeURIComponent(id)}/post-mortem`,
        schema: postMortemAnswer,
        signal,
      }),
  });
}

import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { fetchJson } from './fetch-json.ts';
import { sessionRow } from './session-row.ts';
import { tokenBuckets } from './token-buckets.ts';

const session = z.extend(sessionRow, {
  tokenBuckets,
  growth: z.array(
    z.object({
      ts: z.string(),
      contextTokens: z.number(),
      costUsd: z.string(),
      model: z.nullable(z.string()),
    }),
  ),
  culprits: z.array(
    z.object({
      seq: z.number(),
      role: z.string(),
      kind: z.string(),
      toolName: z.nullable(z.string()),
      bytes: z.number(),
      tokens: z.number(),
      rereads: z.number(),
      costUsd: z.nullable(z.string()),
    }),
  ),
  /** The newest message's number; null before the first. */
  lastSeq: z.nullable(z.number()),
  clearedThroughSeq: z.nullable(z.number()),
});

export type Session = z.infer<typeof session>;

/** One session: totals, how its context grew, and which messages weigh most. */
export function sessionQuery(id: string) {
  return queryOptions({
    queryKey: ['session', id],
    queryFn: ({ signal }) =>
      fetchJson({ path: `/api/sessions/${encodeURIComponent(id)}`, schema: session, signal }),
  });
}

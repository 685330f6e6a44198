import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { SessionDetail } from '#lib/sessions/session-row.ts';
import { fetchJson } from './fetch-json.ts';
import { sessionRow } from './session-row.ts';
import { tokenSums } from './token-sums.ts';

const session = z.extend(sessionRow, {
  tokenBuckets: tokenSums,
  messageTokens: z.number(),
  lastSeq: z.number(),
  epoch: z.number(),
  clearedThroughSeq: z.number(),
  growth: z.array(
    z.object({
      ts: z.string(),
      calls: z.number(),
      contextTokens: z.number(),
      costUsd: z.string(),
      model: z.string(),
      parts: z.nullable(
        z.object({ system: z.number(), user: z.number(), assistant: z.number(), tool: z.number() }),
      ),
      compacted: z.boolean(),
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
      copies: z.number(),
      rereads: z.number(),
      rereadTokens: z.number(),
      rereadCostUsd: z.nullable(z.string()),
    }),
  ),
  tools: z.array(
    z.object({
      toolName: z.string(),
      messages: z.number(),
      bytes: z.number(),
      tokens: z.number(),
      rereads: z.number(),
      rereadTokens: z.number(),
      rereadCostUsd: z.nullable(z.string()),
    }),
  ),
  uses: z.array(
    z.object({
      source: z.string(),
      provider: z.string(),
      model: z.string(),
      calls: z.number(),
      tokens: z.number(),
      costUsd: z.string(),
    }),
  ),
  outlook: z.nullable(
    z.object({
      callsLeft: z.number(),
      minutesLeft: z.number(),
      tokensPerCall: z.number(),
      callsSeen: z.number(),
    }),
  ),
  failing: z.nullable(z.object({ calls: z.number(), error: z.nullable(z.string()), since: z.string() })),
}) satisfies z.ZodMiniType<SessionDetail>;

/** One session: totals, how its context grew, and which messages weigh most. */
export function sessionQuery(id: string) {
  return queryOptions({
    queryKey: ['session', id],
    queryFn: ({ signal }) =>
      fetchJson({ path: `/api/sessions/${encodeURIComponent(id)}`, schema: session, signal }),
  });
}

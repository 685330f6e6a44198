import { queryOptions } from '@tanstack/react-query';
import type { SessionDetail } from '#lib/sessions/session-row.ts';
import { fetchJson } from './fetch-json.ts';
import { sessionRow } from './session-row.ts';
import * as shape from './shape.ts';
import { tokenSums } from './token-sums.ts';

const session = shape.extend(sessionRow, {
  tokenBuckets: tokenSums,
  messageTokens: shape.number,
  lastSeq: shape.number,
  epoch: shape.number,
  clearedThroughSeq: shape.number,
  growth: shape.array(
    shape.object({
      ts: shape.string,
      calls: shape.number,
      contextTokens: shape.number,
      costUsd: shape.string,
      model: shape.string,
      parts: shape.nullable(
        shape.object({
          system: shape.number,
          user: shape.number,
          assistant: shape.number,
          tool: shape.number,
        }),
      ),
      compacted: shape.boolean,
    }),
  ),
  culprits: shape.array(
    shape.object({
      seq: shape.number,
      role: shape.string,
      kind: shape.string,
      toolName: shape.nullable(shape.string),
      bytes: shape.number,
      tokens: shape.number,
      copies: shape.number,
      rereads: shape.number,
      rereadTokens: shape.number,
      rereadCostUsd: shape.nullable(shape.string),
    }),
  ),
  tools: shape.array(
    shape.object({
      toolName: shape.string,
      messages: shape.number,
      bytes: shape.number,
      tokens: shape.number,
      rereads: shape.number,
      rereadTokens: shape.number,
      rereadCostUsd: shape.nullable(shape.string),
    }),
  ),
  uses: shape.array(
    shape.object({
      source: shape.string,
      provider: shape.string,
      model: shape.string,
      calls: shape.number,
      tokens: shape.number,
      costUsd: shape.string,
    }),
  ),
  outlook: shape.nullable(
    shape.object({
      callsLeft: shape.number,
      minutesLeft: shape.number,
      tokensPerCall: shape.number,
      callsSeen: shape.number,
    }),
  ),
  failing: shape.nullable(
    shape.object({ calls: shape.number, error: shape.nullable(shape.string), since: shape.string }),
  ),
}) satisfies shape.Shape<SessionDetail>;

/** One session: totals, how its context grew, and which messages weigh most. */
export function sessionQuery(id: string) {
  return queryOptions({
    queryKey: ['session', id],
    queryFn: ({ signal }) =>
      fetchJson({ path: `/api/sessions/${encodeURIComponent(id)}`, schema: session, signal }),
  });
}

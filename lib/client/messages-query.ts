import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { MessagePage, MessageView, PageMessage } from '#lib/chat/message-view.ts';
import { fetchJson } from './fetch-json.ts';

/** One line of a chat as lists carry it: a preview, never the body. */
export const messageRow = z.object({
  seq: z.number(),
  id: z.string(),
  ts: z.string(),
  role: z.string(),
  kind: z.string(),
  toolName: z.nullable(z.string()),
  toolCallId: z.nullable(z.string()),
  bytes: z.number(),
  tokens: z.number(),
  tokensEstimated: z.boolean(),
  preview: z.nullable(z.string()),
  previewTruncated: z.boolean(),
  truncated: z.boolean(),
  redactions: z.number(),
  cleared: z.boolean(),
}) satisfies z.ZodMiniType<MessageView>;

export const pageMessage = z.extend(messageRow, {
  call: z.nullable(
    z.object({
      calls: z.number(),
      contextTokens: z.number(),
      outputTokens: z.number(),
      costUsd: z.nullable(z.string()),
      model: z.string(),
      isError: z.boolean(),
    }),
  ),
}) satisfies z.ZodMiniType<PageMessage>;

const answer = z.object({
  messages: z.array(pageMessage),
  previousTs: z.nullable(z.string()),
  nextFrom: z.nullable(z.number()),
  lastSeq: z.number(),
  epoch: z.number(),
  clearedThroughSeq: z.number(),
}) satisfies z.ZodMiniType<MessagePage>;

export const messagesPerPage = 50;

/** One aligned page of a session's messages: `page` 0 holds seq 0 to 49. Kept for a minute after it is left. */
export function messagesQuery({ sessionId, page }: { readonly sessionId: string; readonly page: number }) {
  const search = new URLSearchParams({
    from: String(page * messagesPerPage),
    limit: String(messagesPerPage),
  });
  return queryOptions({
    queryKey: ['session', sessionId, 'messages', page],
    gcTime: 60_000,
    queryFn: ({ signal }) =>
      fetchJson({
        path: `/api/sessions/${encodeURIComponent(sessionId)}/messages?${search}`,
        schema: answer,
        signal,
      }),
  });
}

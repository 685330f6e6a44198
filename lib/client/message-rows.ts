import * as z from 'zod/mini';
import type { MessagePage, MessageView, PageMessage } from '#lib/chat/message-view.ts';

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

/** `GET /api/sessions/{id}/messages` */
export const messagesAnswer = z.object({
  messages: z.array(pageMessage),
  previousTs: z.nullable(z.string()),
  nextFrom: z.nullable(z.number()),
  lastSeq: z.number(),
  epoch: z.number(),
  clearedThroughSeq: z.number(),
}) satisfies z.ZodMiniType<MessagePage>;

import { z } from 'zod';
import type { DraftView } from '#lib/chat/draft-view.ts';
import type { MessagePage, MessageView, PageMessage, WholeMessageView } from '#lib/chat/message-view.ts';
import { usd } from './usage-answer.ts';

const count = z.int().min(0);

const messageView = z.object({
  seq: count,
  id: z.string(),
  ts: z.iso.datetime(),
  role: z.string(),
  kind: z.string(),
  toolName: z.string().nullable(),
  toolCallId: z.string().nullable(),
  bytes: count.describe('The true size, also where what is stored was cut.'),
  tokens: count,
  tokensEstimated: z.boolean(),
  preview: z.string().nullable(),
  previewTruncated: z.boolean(),
  truncated: z.boolean().describe('What is stored is shorter than what was sent.'),
  redactions: count.describe('Secrets taken out before storing.'),
  cleared: z.boolean(),
}) satisfies z.ZodType<MessageView>;

const pageMessage = messageView.extend({
  call: z
    .object({
      calls: count,
      contextTokens: count,
      outputTokens: count,
      costUsd: usd.nullable().describe('Null where no price is known.'),
      model: z.string(),
      isError: z.boolean(),
    })
    .nullable()
    .describe('The model calls that this message came from: those nearest to it in time.'),
}) satisfies z.ZodType<PageMessage>;

const draftView = z.object({
  id: z.string().describe('That the message will have.'),
  ts: z.iso.datetime(),
  role: z.string(),
  kind: z.string(),
  toolName: z.string().nullable(),
  text: z.string().describe('So far, without what may be the beginning of a secret; of a long text the end.'),
  truncated: z.boolean(),
  characters: count.describe('Of the whole text so far.'),
  redactions: count,
}) satisfies z.ZodType<DraftView>;

/** `GET /api/sessions/{id}/messages` */
export const messagesAnswer = z.object({
  messages: z.array(pageMessage),
  previousTs: z.iso.datetime().nullable().describe('Time of the message before the first of these.'),
  nextFrom: count.nullable().describe('`from` of the next page; null at the end.'),
  lastSeq: z.int().min(-1),
  epoch: count,
  clearedThroughSeq: z.int().min(-1),
  draft: draftView
    .nullable()
    .describe('The message that is being written, where the page reaches the end; not stored, not counted.'),
}) satisfies z.ZodType<MessagePage>;

const part = z.looseObject({ type: z.string() });

/** `GET /api/sessions/{id}/messages/{seq}` */
export const messageAnswer = messageView.extend({
  content: z.union([z.string(), z.array(part)]).nullable(),
}) satisfies z.ZodType<WholeMessageView>;

import type { DraftView } from '#lib/chat/draft-view.ts';
import type { MessagePage, MessageView, PageMessage } from '#lib/chat/message-view.ts';
import * as shape from './shape.ts';

/** One line of a chat as lists carry it: a preview, never the body. */
export const messageRow = shape.object({
  seq: shape.number,
  id: shape.string,
  ts: shape.string,
  role: shape.string,
  kind: shape.string,
  toolName: shape.nullable(shape.string),
  toolCallId: shape.nullable(shape.string),
  bytes: shape.number,
  tokens: shape.number,
  tokensEstimated: shape.boolean,
  preview: shape.nullable(shape.string),
  previewTruncated: shape.boolean,
  truncated: shape.boolean,
  redactions: shape.number,
  cleared: shape.boolean,
}) satisfies shape.Shape<MessageView>;

export const pageMessage = shape.extend(messageRow, {
  call: shape.nullable(
    shape.object({
      calls: shape.number,
      contextTokens: shape.number,
      outputTokens: shape.number,
      costUsd: shape.nullable(shape.string),
      model: shape.string,
      isError: shape.boolean,
    }),
  ),
}) satisfies shape.Shape<PageMessage>;

const draft = shape.object({
  id: shape.string,
  ts: shape.string,
  role: shape.string,
  kind: shape.string,
  toolName: shape.nullable(shape.string),
  text: shape.string,
  truncated: shape.boolean,
  characters: shape.number,
  redactions: shape.number,
}) satisfies shape.Shape<DraftView>;

/** `GET /api/sessions/{id}/messages` */
export const messagesAnswer = shape.object({
  messages: shape.array(pageMessage),
  previousTs: shape.nullable(shape.string),
  nextFrom: shape.nullable(shape.number),
  lastSeq: shape.number,
  epoch: shape.number,
  clearedThroughSeq: shape.number,
  draft: shape.nullable(draft),
}) satisfies shape.Shape<MessagePage>;

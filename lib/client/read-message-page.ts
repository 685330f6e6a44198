import type { MessagePage } from '#lib/chat/message-view.ts';
import { fetchJson } from './fetch-json.ts';
import { messagesAnswer } from './message-rows.ts';

/** Messages of a session from a seq on; `limit` is at most 200. */
export function readMessagePage(input: {
  readonly sessionId: string;
  readonly from: number;
  readonly limit: number;
  /** Where more than so many follow `from`, the last ones are wanted instead. */
  readonly gapMax?: number | undefined;
  readonly signal: AbortSignal;
}): Promise<MessagePage> {
  const search = new URLSearchParams({ from: String(input.from), limit: String(input.limit) });
  if (input.gapMax !== undefined) search.set('gapMax', String(input.gapMax));
  return fetchJson({
    path: `/api/sessions/${encodeURIComponent(input.sessionId)}/messages?${search}`,
    schema: messagesAnswer,
    signal: input.signal,
  });
}

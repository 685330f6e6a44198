import type { ClearReceipt, RestoreReceipt } from '#lib/chat/clear-receipt.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const receipt = shape.object({
  id: shape.nullable(shape.string),
  epoch: shape.number,
  clearedThroughSeq: shape.number,
  messages: shape.number,
  bytes: shape.number,
  clearedAt: shape.nullable(shape.string),
  undoUntil: shape.nullable(shape.string),
  dryRun: shape.boolean,
}) satisfies shape.Shape<ClearReceipt>;

const restored = shape.object({
  epoch: shape.number,
  clearedThroughSeq: shape.number,
  messages: shape.number,
  bytes: shape.number,
}) satisfies shape.Shape<RestoreReceipt>;

/** Which messages go: all, those before one, or those older than a time (RFC 3339). */
export type ClearRequest =
  | { readonly scope: 'all' }
  | { readonly scope: 'beforeSeq'; readonly seq: number }
  | { readonly scope: 'beforeTime'; readonly time: string };

/** Clears a session's history, or with `dryRun` only asks what would go. */
export function clearHistory(input: {
  readonly sessionId: string;
  readonly request: ClearRequest;
  readonly dryRun: boolean;
  readonly signal?: AbortSignal;
}): Promise<ClearReceipt> {
  const search = new URLSearchParams({ dryRun: String(input.dryRun) });
  const { request } = input;
  if (request.scope === 'beforeSeq') search.set('beforeSeq', String(request.seq));
  if (request.scope === 'beforeTime') search.set('beforeTime', request.time);
  return fetchJson({
    path: `/api/sessions/${encodeURIComponent(input.sessionId)}/messages?${search}`,
    method: 'DELETE',
    schema: receipt,
    signal: input.signal,
  });
}

/** Takes the last clearing back while its time lasts. */
export function restoreHistory(sessionId: string): Promise<RestoreReceipt> {
  return fetchJson({
    path: `/api/sessions/${encodeURIComponent(sessionId)}/restore`,
    method: 'POST',
    schema: restored,
  });
}

/** Where a session's messages are downloaded from; whole, streamed by the server. */
export function exportPath(input: {
  readonly sessionId: string;
  readonly format: 'jsonl' | 'markdown';
  readonly from?: number;
  readonly to?: number;
}): string {
  const search = new URLSearchParams({ format: input.format });
  if (input.from !== undefined) search.set('from', String(input.from));
  if (input.to !== undefined) search.set('to', String(input.to));
  return `/api/sessions/${encodeURIComponent(input.sessionId)}/export?${search}`;
}

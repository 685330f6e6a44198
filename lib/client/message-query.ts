import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from './fetch-json.ts';
import { messageRow } from './message-rows.ts';
import * as shape from './shape.ts';

const part = shape.openObject({ type: shape.optional(shape.string) });
const message = shape.extend(messageRow, {
  content: shape.nullable(shape.either(shape.string, shape.array(part))),
});

export type Message = shape.ValueOf<typeof message>;

/** One whole message. Bodies can be megabytes, so that none is kept once it is closed. */
export function messageQuery({ sessionId, seq }: { readonly sessionId: string; readonly seq: number }) {
  return queryOptions({
    queryKey: ['session', sessionId, 'message', seq],
    gcTime: 0,
    queryFn: ({ signal }) =>
      fetchJson({
        path: `/api/sessions/${encodeURIComponent(sessionId)}/messages/${seq}`,
        schema: message,
        signal,
      }),
  });
}

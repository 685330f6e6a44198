import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { fetchJson } from './fetch-json.ts';
import { messageRow } from './message-rows.ts';

const part = z.looseObject({ type: z.optional(z.string()) });
const message = z.extend(messageRow, { content: z.nullable(z.union([z.string(), z.array(part)])) });

export type Message = z.infer<typeof message>;

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

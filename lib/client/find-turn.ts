import * as z from 'zod/mini';
import { fetchJson } from './fetch-json.ts';

const answer = z.object({ seq: z.nullable(z.number()) });

/** The nearest thing that a user said, after or before a message; null where there is none. */
export async function findTurn(input: {
  readonly sessionId: string;
  readonly from: number;
  readonly direction: 'next' | 'previous';
}): Promise<number | null> {
  const search = new URLSearchParams({ from: String(input.from), direction: input.direction });
  const { seq } = await fetchJson({
    path: `/api/sessions/${encodeURIComponent(input.sessionId)}/turn?${search}`,
    schema: answer,
  });
  return seq;
}

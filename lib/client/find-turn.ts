import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const answer = shape.object({ seq: shape.nullable(shape.number) });

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

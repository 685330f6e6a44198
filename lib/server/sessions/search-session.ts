import 'server-only';
import type { Database } from '#db/database.ts';
import { type MessageHit, searchMessages } from '#db/queries/search-messages.ts';
import type { SearchAnswer } from '#lib/chat/search-answer.ts';
import { getSession } from './get-session.ts';

/** About 100 ms of work for Postgres with texts of usual length; bodies of a megabyte make it a second. */
const stretch = 5_000;
/** Past it the answer says how far it came, and the next request goes on from there. */
const budgetMs = 1_500;

/**
 * Searches the whole texts of a session from the newest message back, for some time, and tells how far it came.
 * @throws AppError `not_found`
 */
export async function searchSession(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly words: string;
    readonly before: number | null;
    readonly limit: number;
    readonly nowMs: () => number;
    readonly signal: AbortSignal;
  },
): Promise<SearchAnswer> {
  const session = await getSession(db, input);
  const firstSeq = session.clearedThroughSeq + 1;
  const hits: MessageHit[] = [];
  const startMs = input.nowMs();
  let before = Math.min(input.before ?? session.lastSeq + 1, session.lastSeq + 1);
  while (before > firstSeq && !input.signal.aborted) {
    const wanted = input.limit - hits.length;
    const fromSeq = Math.max(firstSeq, before - stretch);
    const found = await searchMessages(db, {
      projectId: input.projectId,
      sessionKey: session.key,
      words: input.words,
      fromSeq,
      beforeSeq: before,
      limit: wanted,
    });
    hits.push(...found);
    const last = found[found.length - 1];
    const isFull = found.length === wanted && last !== undefined;
    before = isFull ? last.seq : fromSeq;
    if (isFull || input.nowMs() - startMs > budgetMs) break;
  }
  return {
    hits,
    searchedFrom: Math.max(before, firstSeq),
    nextBefore: before > firstSeq ? before : null,
    epoch: session.epoch,
  };
}

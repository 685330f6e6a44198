import 'server-only';
import type { Database } from '#db/database.ts';
import { listLastCalls } from '#db/queries/list-last-calls.ts';
import { listMessages } from '#db/queries/list-messages.ts';
import { findCause, type PostMortem } from '#lib/sessions/post-mortem.ts';
import { getSession } from './get-session.ts';
import { readSession } from './read-session.ts';

const callsMax = 6;

/**
 * Why a session stopped, or that nothing looks wrong.
 * @throws AppError `not_found`
 */
export async function readPostMortem(
  db: Database,
  input: { readonly projectId: number; readonly id: string; readonly nowMs: number },
): Promise<PostMortem> {
  const { projectId } = input;
  const totals = await getSession(db, input);
  const [session, calls, last] = await Promise.all([
    readSession(db, input),
    listLastCalls(db, { projectId, sessionKey: totals.key, limit: callsMax }),
    listMessages(db, {
      projectId,
      sessionKey: totals.key,
      fromSeq: Math.max(0, totals.lastSeq),
      clearedThroughSeq: totals.clearedThroughSeq,
      limit: 1,
    }),
  ]);
  const [lastMessage] = last;
  return findCause({
    calls: calls.map((call) => ({ ...call, ts: call.ts.toISOString() })),
    modelWindow: session.modelWindow,
    contextHighWater: session.contextHighWater,
    culprits: session.culprits.map(({ seq, toolName, bytes, tokens, rereads }) => ({
      seq,
      toolName,
      bytes,
      tokens,
      rereads,
    })),
    lastActivityMs: Date.parse(session.lastActivity),
    isUnanswered: lastMessage !== undefined && (lastMessage.role === 'user' || lastMessage.role === 'tool'),
    nowMs: input.nowMs,
  });
}

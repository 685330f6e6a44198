import 'server-only';
import type { Database } from '#db/database.ts';
import { findNeighbourTurns } from '#db/queries/find-neighbour-turns.ts';
import { listCallsBetween, type StoredCall } from '#db/queries/list-calls-between.ts';
import { matchCalls, matchWithinMs } from '#lib/chat/match-calls.ts';
import type { MessageCall, MessageView, PageMessage } from '#lib/chat/message-view.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';

const callsMax = 500;

/** Puts beside each of the assistant's messages the calls that it came from. */
export async function addCalls(
  db: Database,
  input: {
    readonly projectId: number;
    readonly sessionKey: number;
    readonly messages: readonly MessageView[];
  },
): Promise<readonly PageMessage[]> {
  const { messages, projectId, sessionKey } = input;
  const turns = messages
    .filter(({ role }) => role === 'assistant')
    .map(({ seq, ts }) => ({ seq, tsMs: Date.parse(ts) }));
  const first = messages[0];
  const last = messages[messages.length - 1];
  if (!first || !last || turns.length === 0) return messages.map((message) => ({ ...message, call: null }));
  const times = turns.map(({ tsMs }) => tsMs);
  const [calls, neighbours] = await Promise.all([
    listCallsBetween(db, {
      projectId,
      sessionKey,
      from: new Date(Math.min(...times) - matchWithinMs),
      to: new Date(Math.max(...times) + matchWithinMs),
      limit: callsMax,
    }),
    findNeighbourTurns(db, { projectId, sessionKey, firstSeq: first.seq, lastSeq: last.seq }),
  ]);
  if (neighbours.before) turns.push({ seq: -1, tsMs: neighbours.before.getTime() });
  if (neighbours.after) turns.push({ seq: -2, tsMs: neighbours.after.getTime() });
  const matched = matchCalls(
    calls.map((call) => ({ ...call, tsMs: call.ts.getTime() })),
    turns,
  );
  return messages.map((message) => ({ ...message, call: toMessageCall(matched.get(message.seq)) }));
}

function toMessageCall(calls: readonly StoredCall[] | undefined): MessageCall | null {
  const last = calls?.[calls.length - 1];
  if (!calls || !last) return null;
  const cost = calls.reduce((sum, call) => sum + call.costPicoUsd, 0n);
  return {
    calls: calls.length,
    contextTokens: Math.max(...calls.map((call) => call.contextTokens)),
    outputTokens: calls.reduce((sum, call) => sum + call.outputTokens, 0),
    costUsd: calls.every((call) => call.isPriced) ? formatPicoUsd(cost) : null,
    model: last.model,
    isError: calls.some((call) => call.isError),
  };
}

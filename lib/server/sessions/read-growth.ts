import 'server-only';
import type { Database } from '#db/database.ts';
import { listMessageSums } from '#db/queries/list-message-sums.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import { estimateContextParts } from '#lib/sessions/context-parts.ts';
import type { HistoryBreak } from '#lib/sessions/find-breaks.ts';
import { groupCalls } from '#lib/sessions/group-calls.ts';
import { messagesBefore } from '#lib/sessions/messages-before.ts';
import { contextOf, type SessionCall } from '#lib/sessions/session-call.ts';
import type { SessionGrowthPoint } from '#lib/sessions/session-row.ts';

const pointsMax = 400;

type GrowthInput = {
  readonly projectId: number;
  readonly sessionKey: number;
  readonly calls: readonly SessionCall[];
  readonly breaks: readonly HistoryBreak[];
  /** How many the session has. */
  readonly messages: number;
};

type Growth = {
  readonly growth: readonly SessionGrowthPoint[];
  /** By call, for what reading again cost. */
  readonly sentShares: readonly number[];
};

/** The context call by call, in at most 400 points, with an estimate of what it consists of. */
export async function readGrowth(db: Database, input: GrowthInput): Promise<Growth> {
  const { projectId, sessionKey, calls, breaks, messages } = input;
  const pointsMs = calls.map(({ tsMs }) => tsMs);
  const known =
    calls.length > 0 && messages > 0 ? await listMessageSums(db, { projectId, sessionKey, pointsMs }) : [];
  // While they are not known the chart shows the whole only.
  const sums = known ?? [];
  const estimates = estimateContextParts({
    contexts: calls.map(contextOf),
    before: messagesBefore({ calls: calls.length, sums, breaks }),
  });
  const growth = groupCalls({ calls, breaks, groupsMax: pointsMax }).map((group) => ({
    ts: new Date(group.tsMs).toISOString(),
    calls: group.calls,
    contextTokens: group.contextTokens,
    costUsd: formatPicoUsd(group.costPicoUsd),
    model: group.model,
    parts: estimates[group.peak]?.parts ?? null,
    compacted: group.isBreak,
  }));
  return { growth, sentShares: estimates.map(({ sentShare }) => sentShare) };
}

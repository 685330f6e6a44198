import 'server-only';
import type { Database } from '#db/database.ts';
import { listCulprits } from '#db/queries/list-culprits.ts';
import { listSessionGrowth } from '#db/queries/list-session-growth.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';
import { getSession } from './get-session.ts';
import { toSessionRow } from './to-session-row.ts';

const growthPointsMax = 400;
const culpritsMax = 10;

/**
 * One session: totals, how its context grew, and which messages weigh most.
 * @throws AppError `not_found`
 */
export async function readSession(
  db: Database,
  input: { readonly projectId: number; readonly id: string },
): Promise<SessionDetail> {
  const session = await getSession(db, input);
  const { projectId } = input;
  const [growth, culprits] = await Promise.all([
    listSessionGrowth(db, { projectId, sessionKey: session.key, pointsMax: growthPointsMax }),
    listCulprits(db, {
      projectId,
      sessionKey: session.key,
      clearedThroughSeq: session.clearedThroughSeq,
      limit: culpritsMax,
    }),
  ]);
  return {
    ...toSessionRow(session),
    tokenBuckets: {
      input: Number(session.inputTokens),
      cacheRead: Number(session.cacheReadTokens),
      cacheWrite5m: Number(session.cacheWrite5mTokens),
      cacheWrite1h: Number(session.cacheWrite1hTokens),
      output: Number(session.outputTokens),
      reasoning: Number(session.reasoningTokens),
    },
    messageTokens: Number(session.messageTokens),
    lastSeq: session.lastSeq,
    epoch: session.epoch,
    clearedThroughSeq: session.clearedThroughSeq,
    growth: growth.map((point) => ({
      ts: point.ts.toISOString(),
      calls: point.calls,
      contextTokens: point.contextTokens,
      costUsd: formatPicoUsd(point.costPicoUsd),
      model: point.model,
    })),
    culprits: culprits.map((culprit) => ({ ...culprit, rereadTokens: culprit.rereads * culprit.tokens })),
  };
}

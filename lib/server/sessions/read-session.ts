import 'server-only';
import type { Database } from '#db/database.ts';
import { listCompactions } from '#db/queries/list-compactions.ts';
import { listLargestMessages } from '#db/queries/list-largest-messages.ts';
import { listSessionCalls } from '#db/queries/list-session-calls.ts';
import type { SessionTotals } from '#db/queries/session-columns.ts';
import { sumSessionUses } from '#db/queries/sum-session-uses.ts';
import { resolveRates } from '#lib/pricing/model-rates.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import { ratesForContext } from '#lib/pricing/rate-card.ts';
import { countFailures } from '#lib/sessions/count-failures.ts';
import { findBreaks } from '#lib/sessions/find-breaks.ts';
import { predictOverflow } from '#lib/sessions/predict-overflow.ts';
import { rereadCosts } from '#lib/sessions/reread-costs.ts';
import { contextOf } from '#lib/sessions/session-call.ts';
import type { SessionDetail, SessionUse } from '#lib/sessions/session-row.ts';
import { priceOverridesOf } from '../pricing/price-overrides-of.ts';
import { getSession } from './get-session.ts';
import { readGrowth } from './read-growth.ts';
import { toSessionRow } from './to-session-row.ts';
import { weighMessages } from './weigh-messages.ts';

/** Bounds of what is read for one page. Past them the oldest calls and the smallest messages are left out. */
const callsMax = 10_000;
const messagesMax = 2_000;
const compactionsMax = 1_000;

type Input = { readonly projectId: number; readonly id: string; readonly nowMs: number };

/**
 * One session: totals, how its context grew and of what, when it will outgrow its window, and what reading its
 * largest messages and tools again and again has cost.
 * @throws AppError `not_found`
 */
export async function readSession(db: Database, input: Input): Promise<SessionDetail> {
  const session = await getSession(db, input);
  const of = { projectId: input.projectId, sessionKey: session.key };
  const uses = await sumSessionUses(db, of);
  const withSubagents = uses.every(({ source }) => source === 'subagent');
  const [calls, marksMs, largest, overrides] = await Promise.all([
    listSessionCalls(db, { ...of, limit: callsMax, withSubagents }),
    listCompactions(db, { ...of, limit: compactionsMax, hasSummaries: session.compactions > 0 }),
    listLargestMessages(db, { ...of, clearedThroughSeq: session.clearedThroughSeq, limit: messagesMax }),
    priceOverridesOf(db, input.projectId),
  ]);
  // A call that failed at once sent no context, and would look like a session that was cleared.
  const sent = calls.filter((call) => contextOf(call) > 0);
  const breaks = findBreaks({ calls: sent, marksMs });
  const row = toSessionRow(session);
  const { growth, sentShares } = await readGrowth(db, {
    ...of,
    calls: sent,
    breaks,
    messages: session.messages,
  });
  const costOf = rereadCosts({
    calls: sent,
    breaks,
    sentShares,
    ratesOf: (call) => {
      const card = resolveRates({ provider: call.provider, model: call.model, atMs: call.tsMs, overrides });
      return card === null ? null : ratesForContext(card, contextOf(call));
    },
  });
  const failing = countFailures(calls);
  return {
    ...row,
    ...totalsOf(session),
    growth,
    ...weighMessages(largest, costOf),
    uses: uses.map(
      ({ costPicoUsd, ...use }): SessionUse => ({ ...use, costUsd: formatPicoUsd(costPicoUsd) }),
    ),
    outlook: predictOverflow({ calls: sent, breaks, windowTokens: row.modelWindow, nowMs: input.nowMs }),
    failing:
      failing === null
        ? null
        : { calls: failing.calls, error: failing.error, since: new Date(failing.sinceMs).toISOString() },
  };
}

function totalsOf(session: SessionTotals) {
  return {
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
  };
}

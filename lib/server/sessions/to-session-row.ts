import 'server-only';
import type { SessionTotals } from '#db/queries/session-columns.ts';
import { modelWindow } from '#lib/pricing/model-window.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { SessionRow } from '#lib/sessions/session-row.ts';

export function toSessionRow(totals: SessionTotals): SessionRow {
  const { provider, model } = totals;
  return {
    id: totals.id,
    agent: totals.agent,
    provider,
    model,
    messages: totals.messages,
    bytes: totals.bytes,
    largestMessageBytes: totals.largestMessageBytes,
    compactions: totals.compactions,
    calls: totals.calls,
    errors: totals.errors,
    tokens: Number(totals.tokens),
    unpricedTokens: Number(totals.unpricedTokens),
    costUsd: formatPicoUsd(totals.costPicoUsd),
    contextTokens: totals.lastContext,
    contextHighWater: totals.contextHighWater,
    modelWindow: provider === null || model === null ? null : modelWindow({ provider, model }),
    firstActivity: totals.firstActivity.toISOString(),
    lastActivity: totals.lastActivity.toISOString(),
    cleared: totals.clearedThroughSeq >= 0,
  };
}

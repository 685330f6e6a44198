import 'server-only';
import type { Database } from '#db/database.ts';
import { type CallHabits, findCallHabits } from '#db/queries/find-call-habits.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import { priceUsage } from '#lib/pricing/price-usage.ts';

const dayMs = 86_400_000;
const habitDays = 30;

export type LikelyCost = {
  readonly picoUsd: bigint;
  readonly outputTokens: number;
  /** Null when the agent made no such call in the past 30 days. */
  readonly habits: CallHabits | null;
};

/**
 * What a call would cost if it is as the agent's calls of that model were in the past 30 days: their mean of
 * output tokens, their share of cached input. Without such calls, `outputTokens` and nothing from the cache.
 */
export async function likelyCost(
  db: Database,
  call: {
    readonly projectId: number;
    readonly agent: string;
    readonly provider: string;
    readonly model: string;
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly nowMs: number;
    readonly overrides: readonly PriceOverride[];
  },
): Promise<LikelyCost> {
  const { projectId, agent, provider, model, inputTokens, nowMs, overrides } = call;
  const since = new Date(nowMs - habitDays * dayMs);
  const habits = await findCallHabits(db, { projectId, agent, provider, model, since });
  const outputTokens = habits?.meanOutputTokens ?? call.outputTokens;
  const cached = Math.floor(inputTokens * (habits?.cachedShare ?? 0));
  const tokens = {
    input: inputTokens - cached,
    cacheRead: cached,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: outputTokens,
  };
  const { costPicoUsd } = priceUsage({ provider, model, atMs: nowMs, tokens }, overrides);
  return { picoUsd: costPicoUsd, outputTokens, habits };
}

import 'server-only';
import { sumBudgetSpend } from '#db/queries/sum-budget-spend.ts';
import { mayCount } from '#lib/budget/budget-scope.ts';
import { limitUses } from '#lib/budget/budget-view.ts';
import { budgetWindow } from '#lib/budget/budget-window.ts';
import { countMargin, upperBoundPicoUsd } from '#lib/budget/hold-amount.ts';
import type { NewEstimate } from '#lib/budget/new-hold.ts';
import { AppError } from '#lib/errors.ts';
import { resolveRates, unknownProvider } from '#lib/pricing/model-rates.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import { priceUsage } from '#lib/pricing/price-usage.ts';
import type { RateCard } from '#lib/pricing/rate-card.ts';
import { reloadBudgets } from '../budgets/budget-list.ts';
import type { HoldDesk } from './hold-desk.ts';
import { countedAtMost } from './hold-slots.ts';
import { likelyCost } from './likely-cost.ts';

/** Without `maxOutputTokens` and without any history. */
const outputTokensDefault = 1_000;

export type Estimate = {
  /** All input from the cache, and one token of output. */
  readonly lowUsd: string;
  /** As this agent's calls of this model were in the past 30 days; as asked when it made none. */
  readonly likelyUsd: string;
  /** What a hold of the same call would hold; null without `maxOutputTokens`. */
  readonly upperUsd: string | null;
  readonly likelyOutputTokens: number;
  readonly basedOnCalls: number;
  /** Tier of the rates that apply: those above so many tokens of context; null is the base tier. */
  readonly tierAboveTokens: number | null;
  readonly warning: string | null;
  /** Budgets that the call would take past their limit, by the upper bound or, without one, the likely cost. */
  readonly crosses: readonly { readonly id: string; readonly name: string; readonly hard: boolean }[];
};

/**
 * What a call would cost, before it is made. Holds nothing.
 * @throws AppError `bad_request` when nobody has priced the model
 */
export async function estimateCall(desk: HoldDesk, projectId: number, call: NewEstimate): Promise<Estimate> {
  const nowMs = desk.nowMs();
  const overrides = await desk.overrides(projectId);
  const { agent, model, inputTokens } = call;
  const provider = call.provider ?? unknownProvider;
  const card = resolveRates({ provider, model, atMs: nowMs, overrides });
  if (card === null) {
    throw new AppError(
      'bad_request',
      `Nobody has priced ${model}${call.provider == null ? '' : ` of ${provider}`}: set its price.`,
    );
  }
  const likely = await likelyCost(desk.db, {
    projectId,
    agent,
    provider,
    model,
    inputTokens,
    outputTokens: call.maxOutputTokens ?? outputTokensDefault,
    nowMs,
    overrides,
  });
  const cheapest = { input: 0, cacheRead: inputTokens, cacheWrite5m: 0, cacheWrite1h: 0, output: 1 };
  const low = priceUsage({ provider, model, atMs: nowMs, tokens: cheapest }, overrides).costPicoUsd;
  const upper =
    call.maxOutputTokens == null
      ? null
      : upperBoundPicoUsd(
          { provider: call.provider ?? null, model, inputTokens, maxOutputTokens: call.maxOutputTokens },
          { instantsMs: [nowMs], overrides },
        );
  return {
    lowUsd: formatPicoUsd(low),
    likelyUsd: formatPicoUsd(likely.picoUsd),
    upperUsd: upper === null ? null : formatPicoUsd(upper),
    likelyOutputTokens: likely.outputTokens,
    basedOnCalls: likely.habits?.calls ?? 0,
    ...tierOf(card, inputTokens),
    crosses: await crossedBudgets(desk, {
      projectId,
      nowMs,
      call,
      amountPicoUsd: upper ?? likely.picoUsd,
      outputTokens: likely.outputTokens,
    }),
  };
}

function tierOf(card: RateCard, inputTokens: number): Pick<Estimate, 'tierAboveTokens' | 'warning'> {
  const applies = card.tiers.findLast(({ aboveContextTokens }) => inputTokens > aboveContextTokens);
  const next = card.tiers.find(({ aboveContextTokens }) => inputTokens <= aboveContextTokens);
  const tierAboveTokens = applies?.aboveContextTokens ?? null;
  if (applies) {
    const warning = `Above ${applies.aboveContextTokens} tokens of context all of the call costs more; this one has ${inputTokens}.`;
    return { tierAboveTokens, warning };
  }
  if (next && inputTokens * countMargin > next.aboveContextTokens) {
    const warning = `${next.aboveContextTokens - inputTokens} more tokens of context, and all of the call costs more.`;
    return { tierAboveTokens, warning };
  }
  return { tierAboveTokens, warning: null };
}

async function crossedBudgets(
  desk: HoldDesk,
  planned: {
    readonly projectId: number;
    readonly nowMs: number;
    readonly call: NewEstimate;
    readonly amountPicoUsd: bigint;
    readonly outputTokens: number;
  },
): Promise<Estimate['crosses']> {
  const { projectId, nowMs, call } = planned;
  const { budgets } = await reloadBudgets(desk.db, projectId);
  const names = {
    agent: call.agent,
    session: call.session ?? null,
    provider: call.provider ?? null,
    model: call.model,
    source: call.source ?? 'direct',
  } as const;
  const matching = budgets.flatMap((budget) => {
    const window =
      budget.paused || !mayCount(budget.scope, names) ? null : budgetWindow(budget.calendar, nowMs);
    return window === null ? [] : [{ budget, window }];
  });
  const uses = await sumBudgetSpend(desk.db, {
    projectId,
    slots: matching.map(({ budget, window }) => ({
      id: budget.id,
      scope: budget.scope,
      window,
      counted: budget.countTokens,
    })),
  });
  const tokens = {
    inputTokens: call.inputTokens,
    maxOutputTokens: call.maxOutputTokens ?? planned.outputTokens,
  };
  return matching.flatMap(({ budget }, index) => {
    const use = uses[index];
    if (use === undefined) return [];
    const asked = [planned.amountPicoUsd, BigInt(countedAtMost(tokens, budget.countTokens))];
    const crosses = limitUses(budget, use).some(({ limit, spent, held }, position) => {
      const amount = budget.limitPicoUsd === null ? asked[1] : asked[position];
      return spent + held + (amount ?? 0n) > limit;
    });
    return crosses ? [{ id: budget.id, name: budget.name, hard: budget.hard }] : [];
  });
}

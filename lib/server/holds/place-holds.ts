import 'server-only';
import type { Database } from '#db/database.ts';
import { admitHolds, type HoldAsk, type HoldOutcome, type HoldSlot } from '#db/queries/admit-holds.ts';
import { ensureBudgetPeriods } from '#db/queries/ensure-budget-periods.ts';
import { expireHolds, expireHoldsMax } from '#db/queries/expire-holds.ts';
import type { Budget } from '#lib/budget/budget.ts';
import type { CallNames } from '#lib/budget/budget-scope.ts';
import { AppError } from '#lib/errors.ts';
import { reloadBudgets, rememberedBudgets } from '../budgets/budget-list.ts';
import { countedAtMost, hardSlots, matchingSlots, type PlannedTokens } from './hold-slots.ts';

/** One hold as it waits for its turn. Tokens are null when the caller gave none. */
export type PlacedHold = Omit<HoldAsk, 'parts'> & { readonly tokens: PlannedTokens | null };

export type Placement =
  | Exclude<HoldOutcome, { readonly outcome: 'refused' | 'gone' }>
  | (Extract<HoldOutcome, { readonly outcome: 'refused' }> & {
      readonly budget: Budget;
      readonly endMs: number;
    })
  /** A budget of tokens is asked, and the caller did not say how many. */
  | { readonly outcome: 'unmeasured'; readonly budget: Budget };

const triesMax = 8;

/** Decides holds of one project, in their order; ids may repeat. */
export async function placeHolds(
  placed: readonly PlacedHold[],
  {
    db,
    projectId,
    nowMs,
  }: { readonly db: Database; readonly projectId: number; readonly nowMs: () => number },
): Promise<readonly Placement[]> {
  const placements = Array.from<Placement | undefined>({ length: placed.length });
  let isSwept = false;
  for (let attempt = 0; attempt < triesMax; attempt++) {
    const open = firstOfEachId(placed, placements);
    if (open.length === 0) break;
    const list = await rememberedBudgets(db, projectId);
    const slots = hardSlots(list.budgets, nowMs());
    const plan = planBatch(
      open.map((index) => ({ index, hold: placed[index] })),
      slots,
      placements,
    );
    if (plan.asks.length === 0) continue;
    const admission = await admitHolds(db, {
      projectId,
      revision: list.revision,
      slots: plan.slots,
      asks: plan.asks,
    });
    if (admission === 'stale') await reloadBudgets(db, projectId);
    else if (admission === 'unprepared') await ensureBudgetPeriods(db, { projectId, slots: plan.slots });
    else if (take(admission, plan, { placements, isSwept })) {
      while ((await expireHolds(db, projectId)) === expireHoldsMax);
      isSwept = true;
    }
  }
  return placements.map((placement) => {
    if (placement !== undefined) return placement;
    throw new AppError('overloaded', 'The budgets change faster than holds can be placed.', {
      retryAfterSeconds: 1,
    });
  });
}

/** A later one of the same id must see what became of the first. */
function firstOfEachId(
  placed: readonly PlacedHold[],
  placements: readonly (Placement | undefined)[],
): readonly number[] {
  const ids = new Set<string>();
  return placed.flatMap(({ id }, index) => {
    if (placements[index] !== undefined || ids.has(id)) return [];
    ids.add(id);
    return [index];
  });
}

type Slot = HoldSlot & { readonly budget: Budget };
type Batch = {
  readonly slots: readonly Slot[];
  readonly asks: readonly HoldAsk[];
  /** Where each ask stands among the placed holds. */
  readonly indexes: readonly number[];
};

/** Only the slots that somebody asks, numbered anew. */
function planBatch(
  open: readonly { readonly index: number; readonly hold: PlacedHold | undefined }[],
  all: readonly Slot[],
  placements: (Placement | undefined)[],
): Batch {
  const slots: Slot[] = [];
  const numbers = new Map<number, number>();
  const numberOf = (slot: number) => {
    const known = numbers.get(slot);
    if (known !== undefined) return known;
    const found = all[slot];
    if (found !== undefined) slots.push(found);
    numbers.set(slot, slots.length - 1);
    return slots.length - 1;
  };
  const asks: HoldAsk[] = [];
  const indexes: number[] = [];
  for (const { index, hold } of open) {
    if (hold === undefined) continue;
    const { tokens, ...ask } = hold;
    const matching = matchingSlots(all, namesOf(hold));
    const unmeasured = tokens === null ? matching.find((slot) => all[slot]?.limitTokens != null) : undefined;
    const budget = unmeasured === undefined ? undefined : all[unmeasured]?.budget;
    if (budget !== undefined) {
      placements[index] = { outcome: 'unmeasured', budget };
      continue;
    }
    const parts = matching.map((slot) => ({
      slot: numberOf(slot),
      tokens: tokens === null ? 0 : countedAtMost(tokens, all[slot]?.counted ?? []),
    }));
    asks.push({ ...ask, parts });
    indexes.push(index);
  }
  return { slots, asks, indexes };
}

function namesOf({ agent, session, provider, model, source }: PlacedHold): CallNames {
  return { agent, session, provider, model, source };
}

/** @returns whether some were refused for holds that are past their time, and stay open until these are swept */
function take(
  outcomes: readonly HoldOutcome[],
  batch: Batch,
  { placements, isSwept }: { readonly placements: (Placement | undefined)[]; readonly isSwept: boolean },
): boolean {
  let isSweepDue = false;
  outcomes.forEach((outcome, position) => {
    const index = batch.indexes[position];
    if (index === undefined || outcome.outcome === 'gone') return;
    if (outcome.outcome !== 'refused') {
      placements[index] = outcome;
      return;
    }
    if (outcome.hasExpired && !isSwept) {
      isSweepDue = true;
      return;
    }
    const slot = batch.slots[outcome.slot];
    if (slot !== undefined) placements[index] = { ...outcome, budget: slot.budget, endMs: slot.window.endMs };
  });
  return isSweepDue;
}

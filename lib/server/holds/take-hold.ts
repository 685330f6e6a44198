import 'server-only';
import { upperBoundPicoUsd } from '#lib/budget/hold-amount.ts';
import type { NewHold } from '#lib/budget/new-hold.ts';
import { AppError } from '#lib/errors.ts';
import { unknownProvider } from '#lib/pricing/model-rates.ts';
import { formatPicoUsd, parseUsd } from '#lib/pricing/parse-usd.ts';
import { costPicoUsdMax } from '#lib/pricing/price-usage.ts';
import type { HoldDesk } from './hold-desk.ts';
import { holdSettingsOf } from './hold-settings.ts';
import { countedAtMost, type PlannedTokens } from './hold-slots.ts';
import { type HoldView, toHoldView } from './hold-view.ts';
import { likelyCost } from './likely-cost.ts';
import type { PlacedHold, Placement } from './place-holds.ts';
import { asUnavailable } from './unavailable.ts';

/**
 * Reserves an amount before a call. The same id is held once; its answer is what has become of it.
 * @throws AppError `budget_exceeded` (402) with what is there and when there is more, `budget_unavailable`
 * (503: it fails closed), `conflict` when the id was used for something else, `bad_request`
 */
export async function takeHold(desk: HoldDesk, projectId: number, body: NewHold): Promise<HoldView> {
  try {
    const placed = await toPlacedHold(desk, projectId, body);
    return answer(placed, await desk.place(projectId, placed));
  } catch (error) {
    throw asUnavailable(error, { desk, projectId, call: { ...namesOf(body) } });
  }
}

async function toPlacedHold(desk: HoldDesk, projectId: number, body: NewHold): Promise<PlacedHold> {
  const tokens = plannedTokens(body);
  return {
    id: body.id,
    ...namesOf(body),
    amountPicoUsd:
      body.amountUsd == null ? await upperBound(desk, projectId, { body, tokens }) : parseUsd(body.amountUsd),
    ttlSeconds: body.ttlSeconds,
    asked: fingerprint(body),
    tokens,
  };
}

function namesOf(body: NewHold) {
  const { agent, session = null, provider = null, model = null, source } = body;
  return { agent, session, provider, model, source: source ?? 'direct' } as const;
}

function plannedTokens({ inputTokens, maxOutputTokens }: NewHold): PlannedTokens | null {
  return inputTokens == null || maxOutputTokens == null ? null : { inputTokens, maxOutputTokens };
}

async function upperBound(
  desk: HoldDesk,
  projectId: number,
  { body, tokens }: { readonly body: NewHold; readonly tokens: PlannedTokens | null },
): Promise<bigint> {
  const { provider = null, model } = body;
  if (model == null || tokens === null) {
    throw new AppError(
      'bad_request',
      'Send `amountUsd`, or `model`, `inputTokens` and `maxOutputTokens` to have it computed.',
    );
  }
  const nowMs = desk.nowMs();
  const amount = upperBoundPicoUsd(
    { provider, model, ...tokens },
    { instantsMs: [nowMs, nowMs + body.ttlSeconds * 1_000], overrides: await desk.overrides(projectId) },
  );
  if (amount === null) {
    throw new AppError(
      'bad_request',
      `Nobody has priced ${model}${ofProvider(provider)}: send \`amountUsd\`, or set its price.`,
    );
  }
  const reserved = await lessenedBySettings(desk, projectId, {
    amount,
    agent: body.agent,
    provider,
    model,
    tokens,
  });
  if (reserved > costPicoUsdMax) throw new AppError('bad_request', 'No call can cost that much.');
  return reserved;
}

function ofProvider(provider: string | null): string {
  return provider === null ? '' : ` of ${provider}`;
}

/** What the project's settings make of the upper bound. The call may then cost more than it holds: overrun. */
async function lessenedBySettings(
  desk: HoldDesk,
  projectId: number,
  call: {
    readonly amount: bigint;
    readonly agent: string;
    readonly provider: string | null;
    readonly model: string;
    readonly tokens: PlannedTokens;
  },
): Promise<bigint> {
  const nowMs = desk.nowMs();
  const { basis, capPicoUsd } = await holdSettingsOf(desk.db, { projectId, nowMs });
  let { amount } = call;
  if (basis === 'likely') {
    const { agent, provider, model, tokens } = call;
    const { inputTokens, maxOutputTokens: outputTokens } = tokens;
    const overrides = await desk.overrides(projectId);
    const likely = await likelyCost(desk.db, {
      projectId,
      agent,
      provider: provider ?? unknownProvider,
      model,
      inputTokens,
      outputTokens,
      nowMs,
      overrides,
    });
    if (likely.picoUsd < amount) amount = likely.picoUsd;
  }
  return capPicoUsd !== null && capPicoUsd < amount ? capPicoUsd : amount;
}

function fingerprint(body: NewHold): string {
  const { agent, session, source, provider, model, inputTokens, maxOutputTokens, amountUsd } = body;
  return JSON.stringify([agent, session, source, provider, model, inputTokens, maxOutputTokens, amountUsd]);
}

function answer(placed: PlacedHold, placement: Placement): HoldView {
  switch (placement.outcome) {
    case 'held':
      return toHoldView(placement.hold);
    case 'known':
      if (placement.hold.asked === placed.asked) return toHoldView(placement.hold);
      throw new AppError('conflict', 'There is a hold of that id for another request.');
    case 'unmeasured':
      throw new AppError(
        'bad_request',
        `The budget "${placement.budget.name}" limits tokens: send \`inputTokens\` and \`maxOutputTokens\`.`,
      );
    case 'refused':
      throw exceeded(placed, placement);
  }
}

function exceeded(
  placed: PlacedHold,
  refusal: Extract<Placement, { readonly outcome: 'refused' }>,
): AppError {
  const { budget } = refusal;
  const byCost =
    budget.limitPicoUsd !== null &&
    refusal.spentPicoUsd + refusal.heldPicoUsd + placed.amountPicoUsd > budget.limitPicoUsd;
  const resetsAt = new Date(refusal.endMs).toISOString();
  const amounts = byCost
    ? {
        unit: 'usd',
        limit: formatPicoUsd(budget.limitPicoUsd ?? 0n),
        spent: formatPicoUsd(refusal.spentPicoUsd),
        held: formatPicoUsd(refusal.heldPicoUsd),
        requested: formatPicoUsd(placed.amountPicoUsd),
      }
    : {
        unit: 'tokens',
        limit: String(budget.limitTokens),
        spent: String(refusal.spentTokens),
        held: String(refusal.heldTokens),
        requested: String(placed.tokens === null ? 0 : countedAtMost(placed.tokens, budget.countTokens)),
      };
  return new AppError(
    'budget_exceeded',
    `The budget "${budget.name}" has no room for this until ${resetsAt}.`,
    {
      details: { budget: { id: budget.id, name: budget.name }, ...amounts, resetsAt },
    },
  );
}

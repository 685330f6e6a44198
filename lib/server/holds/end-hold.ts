import 'server-only';
import { findHold } from '#db/queries/find-hold.ts';
import type { TokenCounts } from '#lib/budget/counted-tokens.ts';
import type { HoldSettlement } from '#lib/budget/new-hold.ts';
import { AppError } from '#lib/errors.ts';
import { unknownProvider } from '#lib/pricing/model-rates.ts';
import { parseUsd } from '#lib/pricing/parse-usd.ts';
import { costPicoUsdMax, priceUsage } from '#lib/pricing/price-usage.ts';
import type { HoldDesk } from './hold-desk.ts';
import { type HoldView, toHoldView } from './hold-view.ts';

type Asked = { readonly projectId: number; readonly id: string };

/**
 * Puts the true cost in the place of what is held, also above it and also after the hold expired. Once: later
 * calls, and a settle after the usage event, answer what it was settled at.
 * @throws AppError `not_found`; `conflict` for a released hold; `bad_request` when the model has no price
 */
export async function settleHold(
  desk: HoldDesk,
  { projectId, id }: Asked,
  body: HoldSettlement,
): Promise<HoldView> {
  const tokens = countsOf(body);
  const costPicoUsd =
    body.amountUsd == null ? await priceOf(desk, { projectId, id }, body) : parseUsd(body.amountUsd);
  const ended = await desk.end(projectId, { id, end: 'settle', costPicoUsd, tokens });
  if (ended === null) throw noHold();
  if (ended.hold.state !== 'settled')
    throw new AppError('conflict', 'The hold was released; send its usage as an event.');
  return toHoldView(ended.hold);
}

/**
 * Gives back what is held. Once; an expired hold has nothing to give back.
 * @throws AppError `not_found`; `conflict` for a settled hold
 */
export async function releaseHold(desk: HoldDesk, { projectId, id }: Asked): Promise<HoldView> {
  const ended = await desk.end(projectId, { id, end: 'release', costPicoUsd: 0n, tokens: null });
  if (ended === null) throw noHold();
  if (ended.hold.state === 'settled') throw new AppError('conflict', 'The hold is settled.');
  return toHoldView(ended.hold);
}

/** @throws AppError `not_found` */
export async function readHold(desk: HoldDesk, { projectId, id }: Asked): Promise<HoldView> {
  const hold = await findHold(desk.db, { projectId, id });
  if (hold === null) throw noHold();
  return toHoldView(hold);
}

function countsOf({ usage }: HoldSettlement): TokenCounts | null {
  if (usage == null) return null;
  return {
    input: usage.inputTokens,
    cacheRead: usage.cacheReadTokens ?? 0,
    cacheWrite: usage.cacheWriteTokens ?? 0,
    output: usage.outputTokens,
  };
}

async function priceOf(desk: HoldDesk, asked: Asked, { usage }: HoldSettlement): Promise<bigint> {
  const hold = await findHold(desk.db, asked);
  if (hold === null) throw noHold();
  const provider = usage?.provider ?? hold.provider ?? unknownProvider;
  const model = usage?.model ?? hold.model;
  if (usage == null || model === null) {
    throw new AppError('bad_request', 'The hold names no model: send `usage.model`, or `amountUsd`.');
  }
  const price = priceUsage(
    {
      provider,
      model,
      atMs: desk.nowMs(),
      tokens: {
        input: usage.inputTokens,
        cacheRead: usage.cacheReadTokens ?? 0,
        cacheWrite5m: usage.cacheWriteTokens ?? 0,
        cacheWrite1h: 0,
        output: usage.outputTokens,
      },
    },
    await desk.overrides(asked.projectId),
  );
  if (price.status === 'unpriced' || price.costPicoUsd > costPicoUsdMax) {
    throw new AppError('bad_request', `Nobody has priced ${model}: send \`amountUsd\`.`);
  }
  return price.costPicoUsd;
}

function noHold(): AppError {
  return new AppError('not_found', 'There is no hold of that id.');
}

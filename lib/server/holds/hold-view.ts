import 'server-only';
import type { Hold, HoldState } from '#lib/budget/hold.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';

export type HoldView = {
  readonly id: string;
  readonly state: HoldState;
  readonly agent: string;
  readonly session: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly amountUsd: string;
  /** What it really cost; null while unknown. */
  readonly costUsd: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly resolvedAt: string | null;
};

export function toHoldView(hold: Hold): HoldView {
  const { id, state, agent, session, provider, model } = hold;
  return {
    id,
    state,
    agent,
    session,
    provider,
    model,
    amountUsd: formatPicoUsd(hold.amountPicoUsd),
    costUsd: hold.costPicoUsd === null ? null : formatPicoUsd(hold.costPicoUsd),
    createdAt: hold.createdAt.toISOString(),
    expiresAt: hold.expiresAt.toISOString(),
    resolvedAt: hold.resolvedAt?.toISOString() ?? null,
  };
}

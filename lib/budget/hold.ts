import type { Source } from '#lib/usage/source.ts';

export const holdStates = ['live', 'settled', 'released', 'expired'] as const;
export type HoldState = (typeof holdStates)[number];

/** A hold as it is stored. Money in pico-USD. */
export type Hold = {
  readonly id: string;
  readonly state: HoldState;
  readonly agent: string;
  readonly session: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly source: Source;
  readonly amountPicoUsd: bigint;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly resolvedAt: Date | null;
  /** What it really cost: its usage event's cost, or what it was settled at; null while unknown. */
  readonly costPicoUsd: bigint | null;
  readonly usageEventId: string | null;
  /** What was asked for; another request under the same id is a conflict. */
  readonly asked: string;
};

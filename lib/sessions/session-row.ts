import type { TokenSums } from '#lib/usage/usage-row.ts';

/** A session as lists show it. Instants are RFC 3339 in UTC, money is an exact decimal string of USD. */
export type SessionRow = {
  readonly id: string;
  readonly agent: string;
  readonly provider: string | null;
  readonly model: string | null;
  readonly messages: number;
  /** Sum of the messages' true sizes in UTF-8. */
  readonly bytes: number;
  readonly largestMessageBytes: number;
  readonly compactions: number;
  readonly calls: number;
  readonly errors: number;
  readonly tokens: number;
  readonly unpricedTokens: number;
  readonly costUsd: string;
  /** Context of the last call and the largest so far; null before the first call. */
  readonly contextTokens: number | null;
  readonly contextHighWater: number;
  /** What the model of the last call takes at most, where that is known. */
  readonly modelWindow: number | null;
  readonly firstActivity: string;
  readonly lastActivity: string;
  readonly cleared: boolean;
};

export type SessionGrowthPoint = {
  readonly ts: string;
  readonly calls: number;
  readonly contextTokens: number;
  readonly costUsd: string;
  readonly model: string;
};

export type SessionCulprit = {
  readonly seq: number;
  readonly role: string;
  readonly kind: string;
  readonly toolName: string | null;
  readonly bytes: number;
  readonly tokens: number;
  /** How many later calls sent it again, and how many tokens that made. */
  readonly rereads: number;
  readonly rereadTokens: number;
};

export type SessionDetail = SessionRow & {
  readonly tokenBuckets: TokenSums;
  readonly messageTokens: number;
  readonly lastSeq: number;
  readonly epoch: number;
  readonly clearedThroughSeq: number;
  readonly growth: readonly SessionGrowthPoint[];
  readonly culprits: readonly SessionCulprit[];
};

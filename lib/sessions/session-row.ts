import type { TokenSums } from '#lib/usage/usage-row.ts';
import type { ContextParts } from './context-parts.ts';

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
  /** An estimate from the messages before the call; adds up to `contextTokens`. Null where none are known. */
  readonly parts: ContextParts | null;
  /** A new history began here: it was compacted or cleared since the point before. */
  readonly compacted: boolean;
};

export type SessionCulprit = {
  readonly seq: number;
  readonly role: string;
  readonly kind: string;
  readonly toolName: string | null;
  readonly bytes: number;
  readonly tokens: number;
  /** Messages of the session that hold the very same content, this one included. */
  readonly copies: number;
  /**
   * Calls after it until its history ended; its tokens in all of these, less what was pruned; and what was paid
   * for them (null: price unknown).
   */
  readonly rereads: number;
  readonly rereadTokens: number;
  readonly rereadCostUsd: string | null;
};

/** The messages of one tool together: its calls and its results. */
export type SessionTool = {
  readonly toolName: string;
  readonly messages: number;
  readonly bytes: number;
  readonly tokens: number;
  readonly rereads: number;
  readonly rereadTokens: number;
  readonly rereadCostUsd: string | null;
};

/** Calls of a session from one source on one model. */
export type SessionUse = {
  readonly source: string;
  readonly provider: string;
  readonly model: string;
  readonly calls: number;
  readonly tokens: number;
  readonly costUsd: string;
};

/** When it outgrows its window at its present slope. */
export type SessionOutlook = {
  readonly callsLeft: number;
  readonly minutesLeft: number;
  readonly tokensPerCall: number;
  readonly callsSeen: number;
};

export type SessionDetail = SessionRow & {
  readonly tokenBuckets: TokenSums;
  readonly messageTokens: number;
  readonly lastSeq: number;
  readonly epoch: number;
  readonly clearedThroughSeq: number;
  readonly growth: readonly SessionGrowthPoint[];
  /** The largest messages that can still be read. */
  readonly culprits: readonly SessionCulprit[];
  /** Tools by the bytes of their messages, over the largest 2,000 messages. */
  readonly tools: readonly SessionTool[];
  readonly uses: readonly SessionUse[];
  /** Null where the window is unknown, the context does not grow, or the last call was over seven days ago. */
  readonly outlook: SessionOutlook | null;
  /** The last calls, three or more, all failed. */
  readonly failing: { readonly calls: number; readonly error: string | null; readonly since: string } | null;
};

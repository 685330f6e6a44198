import type { CallClassName } from '#lib/usage/call-class.ts';
import type { OperationKind } from './operation-event.ts';

/** What agents did besides calling models, over the last days. Money and instants as everywhere. */
export type OperationsReport = {
  readonly range: { readonly from: string; readonly to: string };
  readonly classes: readonly QueryClassRow[];
  readonly tools: readonly ToolRow[];
  readonly prunes: readonly PruneRow[];
  /** Whose price of fresh input the savings are worth; null where no call was priced. */
  readonly pricedBy: string | null;
  readonly waits: WaitSums;
  readonly slow: readonly SlowOperation[];
  readonly agents: readonly AgentUptime[];
};

export type QueryClassRow = {
  readonly name: CallClassName;
  readonly targetMs: number;
  readonly calls: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly overTarget: number;
};

export type ToolRow = {
  readonly name: string;
  readonly calls: number;
  readonly errors: number;
  /** Answered as called too often, and from the cache. */
  readonly limited: number;
  readonly cached: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly maxMs: number;
};

export type PruneRow = {
  /** `compact`, or the rule that shortened. */
  readonly name: string;
  readonly kind: OperationKind;
  readonly count: number;
  readonly bytesSaved: number;
  readonly tokensSaved: number;
  readonly savedUsd: string | null;
};

export type WaitSums = {
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly maxMs: number;
};

export type SlowOperation = {
  readonly ts: string;
  readonly agent: string;
  readonly session: string | null;
  readonly kind: OperationKind;
  readonly name: string;
  readonly durationMs: number;
  readonly status: 'ok' | 'error' | 'aborted';
};

export type AgentUptime = {
  readonly agent: string;
  readonly lastSeen: string;
  /** Shares of five-minute slots with a heartbeat, since the first one in the span. */
  readonly uptime: { readonly day: number; readonly week: number; readonly month: number };
  /** 96 quarter hours up to now: `0` to `3` slots with a heartbeat, `-` before the first one. */
  readonly strip: string;
  readonly gauges: Readonly<Record<string, number>>;
};

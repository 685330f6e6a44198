import type { IngestEvent } from '#lib/ingest/ingest-event.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import { priceUsage } from '#lib/pricing/price-usage.ts';
import type { UsageEvent } from '#lib/usage/usage-event.ts';
import type { SkipReason, Tool } from './log-reader.ts';

/** Sums of calls. Tokens in disjoint buckets, money in pico-USD. */
export type CallSums = {
  calls: number;
  input: number;
  cacheRead: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
  output: number;
  reasoning: number;
  costPicoUsd: bigint;
  reportedPicoUsd: bigint;
  /** Tokens whose price nobody knows. */
  unpricedTokens: number;
};

export type DayModelSums = CallSums & { readonly tool: Tool; readonly day: string; readonly model: string };

export type ToolSums = CallSums & {
  readonly tool: Tool;
  files: number;
  bytes: number;
  sessions: number;
  messages: number;
  operations: number;
  readonly skipped: ReadonlyMap<SkipReason, number>;
};

export type ImportTally = {
  /** False for a call that is known with at least as many tokens: it need not be sent. */
  note(tool: Tool, event: IngestEvent): boolean;
  skip(tool: Tool, reason: SkipReason): void;
  noteFile(tool: Tool, bytes: number): void;
  tools(): readonly ToolSums[];
  /** By tool, UTC day and model, in that order. */
  days(): readonly DayModelSums[];
};

type Counts = {
  files: number;
  bytes: number;
  messages: number;
  operations: number;
  readonly sessions: Set<string>;
  readonly skipped: Map<SkipReason, number>;
};

const callsMax = 1_000_000;

/**
 * What the logs hold, each call once with its largest row. Remembers the last million calls (about 200 MB);
 * a copy of one that is longer ago counts again here, though not in the ledger.
 */
export function importTally(overrides: readonly PriceOverride[]): ImportTally {
  const counts = new Map<Tool, Counts>();
  const rows = new Map<string, DayModelSums>();
  const calls = new Map<string, { readonly row: DayModelSums; readonly sums: CallSums }>();

  function countsOf(tool: Tool): Counts {
    const known = counts.get(tool);
    if (known !== undefined) return known;
    const made = {
      files: 0,
      bytes: 0,
      messages: 0,
      operations: 0,
      sessions: new Set<string>(),
      skipped: new Map(),
    };
    counts.set(tool, made);
    return made;
  }

  function noteCall(tool: Tool, event: UsageEvent): boolean {
    const known = calls.get(event.id);
    const sums = sumsOf(event, overrides);
    if (known !== undefined && tokensOf(known.sums) >= tokensOf(sums)) return false;
    if (known !== undefined) add(known.row, known.sums, -1);
    const row = rowOf(tool, event);
    add(row, sums, 1);
    calls.set(event.id, { row, sums });
    if (calls.size > callsMax) {
      for (const oldest of calls.keys()) {
        calls.delete(oldest);
        break;
      }
    }
    return true;
  }

  function rowOf(tool: Tool, event: UsageEvent): DayModelSums {
    const day = event.ts.slice(0, 10);
    const key = `${tool}\0${day}\0${event.model}`;
    const known = rows.get(key);
    if (known !== undefined) return known;
    const made = { tool, day, model: event.model, ...noSums() };
    rows.set(key, made);
    return made;
  }

  return {
    note: (tool, event) => {
      const count = countsOf(tool);
      if (event.type !== 'heartbeat' && event.session !== null) count.sessions.add(event.session);
      if (event.type === 'usage') return noteCall(tool, event);
      if (event.type === 'message') count.messages += 1;
      else count.operations += 1;
      return true;
    },
    skip: (tool, reason) => {
      const { skipped } = countsOf(tool);
      skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
    },
    noteFile: (tool, bytes) => {
      const count = countsOf(tool);
      count.files += 1;
      count.bytes += bytes;
    },
    tools: () =>
      [...counts].map(([tool, count]) => {
        const sums = { tool, ...noSums(), ...count, sessions: count.sessions.size };
        for (const row of rows.values()) if (row.tool === tool) add(sums, row, 1);
        return sums;
      }),
    days: () =>
      [...rows.values()]
        .filter(({ calls: some }) => some > 0)
        .sort((a, b) => compare(a.tool, b.tool) || compare(a.day, b.day) || compare(a.model, b.model)),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function noSums(): CallSums {
  return {
    calls: 0,
    input: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: 0,
    reasoning: 0,
    costPicoUsd: 0n,
    reportedPicoUsd: 0n,
    unpricedTokens: 0,
  };
}

function sumsOf(event: UsageEvent, overrides: readonly PriceOverride[]): CallSums {
  const tokens = {
    input: event.inputTokens,
    cacheRead: event.cacheReadTokens,
    cacheWrite5m: event.cacheWrite5mTokens,
    cacheWrite1h: event.cacheWrite1hTokens,
    output: event.outputTokens,
  };
  const { provider, model, requestedModel, tsMs: atMs } = event;
  const price = priceUsage({ provider, model, requestedModel, atMs, tokens }, overrides);
  const sums = {
    calls: 1,
    ...tokens,
    reasoning: event.reasoningTokens,
    costPicoUsd: price.costPicoUsd,
    reportedPicoUsd: event.reportedCostPicoUsd ?? 0n,
    unpricedTokens: 0,
  };
  return price.status === 'unpriced' ? { ...sums, unpricedTokens: tokensOf(sums) } : sums;
}

function tokensOf(sums: CallSums): number {
  return sums.input + sums.cacheRead + sums.cacheWrite5m + sums.cacheWrite1h + sums.output;
}

function add(to: CallSums, sums: CallSums, sign: 1 | -1): void {
  to.calls += sign * sums.calls;
  to.input += sign * sums.input;
  to.cacheRead += sign * sums.cacheRead;
  to.cacheWrite5m += sign * sums.cacheWrite5m;
  to.cacheWrite1h += sign * sums.cacheWrite1h;
  to.output += sign * sums.output;
  to.reasoning += sign * sums.reasoning;
  to.costPicoUsd += BigInt(sign) * sums.costPicoUsd;
  to.reportedPicoUsd += BigInt(sign) * sums.reportedPicoUsd;
  to.unpricedTokens += sign * sums.unpricedTokens;
}

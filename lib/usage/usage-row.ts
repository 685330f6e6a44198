import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import { latencyPercentiles } from './latency-histogram.ts';
import type { UsageDimension } from './rollup-scope.ts';

/** Tokens in disjoint buckets; `reasoning` is a part of `output`. Exact up to 2^53. */
export type TokenSums = {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
  readonly reasoning: number;
};

/** What is shown of any sum of calls. Money as exact decimal strings of USD. */
export type UsageTotals = {
  readonly calls: number;
  readonly errors: number;
  readonly tokens: TokenSums;
  readonly costUsd: string;
  /** Sum of what clients reported, over `reportedCalls` calls, and what we computed for just those. */
  readonly reportedCostUsd: string;
  readonly reportedCalls: number;
  readonly comparedCostUsd: string;
  /** Tokens of calls whose model nobody has a price for. Their cost is unknown, not zero. */
  readonly unpricedTokens: number;
  /** Within 4.8 % of the true value; null where no call had a latency. */
  readonly latencyMs: {
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
  };
};

/** One row of `GET /api/usage`: a bucket's start and only the dimensions that were asked for. */
export type UsageRow = UsageTotals & {
  readonly start: string;
  readonly agent?: string | null;
  readonly provider?: string | null;
  readonly model?: string | null;
  readonly source?: string | null;
};

/** Sums as the database gives them: integers, money in pico-USD. */
export type UsageMeasures = {
  readonly calls: bigint;
  readonly errors: bigint;
  readonly input_tokens: bigint;
  readonly cache_read_tokens: bigint;
  readonly cache_write_5m_tokens: bigint;
  readonly cache_write_1h_tokens: bigint;
  readonly output_tokens: bigint;
  readonly reasoning_tokens: bigint;
  readonly unpriced_tokens: bigint;
  readonly cost_pico_usd: bigint;
  readonly reported_cost_pico_usd: bigint;
  readonly reported_calls: bigint;
  readonly compared_cost_pico_usd: bigint;
};

/** Sums of one bucket and one combination of names. */
export type UsageSums = {
  readonly bucket: number;
  readonly agent: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly source: string | null;
  readonly measures: UsageMeasures;
  /** Latency bucket number and calls in it. */
  readonly latency: readonly (readonly [number, number])[];
};

/** Adds up what falls together when only the asked dimensions are kept. In order of bucket, then of cost. */
export function toUsageRows(
  sums: readonly UsageSums[],
  asked: { readonly starts: readonly number[]; readonly dimensions: readonly UsageDimension[] },
): readonly UsageRow[] {
  const groups = new Map<string, UsageSums[]>();
  for (const sum of sums) {
    const key = JSON.stringify([sum.bucket, ...asked.dimensions.map((dimension) => sum[dimension])]);
    const group = groups.get(key);
    if (group) group.push(sum);
    else groups.set(key, [sum]);
  }
  const merged = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ first, total: addSums(group) }] : [];
  });
  merged.sort(
    (a, b) =>
      a.first.bucket - b.first.bucket ||
      compare(b.total.measures.cost_pico_usd, a.total.measures.cost_pico_usd),
  );
  return merged.map(({ first, total }) => ({
    start: new Date(asked.starts[first.bucket] ?? 0).toISOString(),
    ...Object.fromEntries(asked.dimensions.map((dimension) => [dimension, first[dimension]])),
    ...toUsageTotals(total),
  }));
}

type Addable = Pick<UsageSums, 'measures' | 'latency'>;

/** Sums of sums; of none, all zero. */
export function addSums(sums: readonly Addable[]): Addable {
  const total: Record<keyof UsageMeasures, bigint> = { ...noMeasures };
  const latency = new Map<number, number>();
  for (const { measures, latency: pairs } of sums) {
    for (const name of measureNames) total[name] += measures[name];
    for (const [index, calls] of pairs) latency.set(index, (latency.get(index) ?? 0) + calls);
  }
  return { measures: total, latency: [...latency] };
}

export function toUsageTotals({ measures, latency }: Addable): UsageTotals {
  const [p50 = null, p95 = null, p99 = null] = latencyPercentiles(latency, [0.5, 0.95, 0.99]).map(wholeMs);
  return {
    calls: Number(measures.calls),
    errors: Number(measures.errors),
    tokens: {
      input: Number(measures.input_tokens),
      cacheRead: Number(measures.cache_read_tokens),
      cacheWrite5m: Number(measures.cache_write_5m_tokens),
      cacheWrite1h: Number(measures.cache_write_1h_tokens),
      output: Number(measures.output_tokens),
      reasoning: Number(measures.reasoning_tokens),
    },
    costUsd: formatPicoUsd(measures.cost_pico_usd),
    reportedCostUsd: formatPicoUsd(measures.reported_cost_pico_usd),
    reportedCalls: Number(measures.reported_calls),
    comparedCostUsd: formatPicoUsd(measures.compared_cost_pico_usd),
    unpricedTokens: Number(measures.unpriced_tokens),
    latencyMs: { p50, p95, p99 },
  };
}

/** A bucket is 10 % wide, so that more digits than whole milliseconds would pretend. */
function wholeMs(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms);
}

const noMeasures: UsageMeasures = {
  calls: 0n,
  errors: 0n,
  input_tokens: 0n,
  cache_read_tokens: 0n,
  cache_write_5m_tokens: 0n,
  cache_write_1h_tokens: 0n,
  output_tokens: 0n,
  reasoning_tokens: 0n,
  unpriced_tokens: 0n,
  cost_pico_usd: 0n,
  reported_cost_pico_usd: 0n,
  reported_calls: 0n,
  compared_cost_pico_usd: 0n,
};

const measureNames = Object.keys(noMeasures) as readonly (keyof UsageMeasures)[];

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Input, cache and output together; reasoning is in the output. */
export function totalTokens(tokens: TokenSums): number {
  return tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h + tokens.output;
}

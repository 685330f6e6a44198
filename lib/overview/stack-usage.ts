import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { UsageDimension } from '#lib/usage/rollup-scope.ts';
import type { UsageMeasures, UsageSums } from '#lib/usage/usage-row.ts';
import type { SpendStack } from './overview.ts';

/** As many as there are colours, with one left for the others. */
export const seriesMax = 6;

type Part = { cost: bigint; tokens: bigint };
type StackInput = {
  readonly sums: readonly UsageSums[];
  readonly by: UsageDimension;
  /** Of all buckets, those without calls too. */
  readonly starts: readonly number[];
};

/** Spend and tokens by bucket and by name: the dearest names of the range, and all others as one. */
export function stackUsage({ sums, by, starts }: StackInput): Omit<SpendStack, 'bucket'> {
  const totals = new Map<string, Part>();
  for (const sum of sums) add(totals, nameOf(sum, by), sum.measures);
  const ranked = [...totals].sort(([, a], [, b]) => compare(b.cost, a.cost) || compare(b.tokens, a.tokens));
  const shown = ranked.slice(0, seriesMax).map(([name]) => name);
  const others = ranked.length - shown.length;
  const slots = new Map(shown.map((name, index) => [name, index]));
  const width = shown.length + (others > 0 ? 1 : 0);
  const buckets = starts.map((startMs) => ({
    startMs,
    calls: 0,
    unpricedTokens: 0,
    parts: Array.from({ length: width }, (): Part => ({ cost: 0n, tokens: 0n })),
  }));
  for (const sum of sums) {
    const bucket = buckets[sum.bucket];
    const part = bucket?.parts[slots.get(nameOf(sum, by)) ?? shown.length];
    if (bucket === undefined || part === undefined) continue;
    part.cost += sum.measures.cost_pico_usd;
    part.tokens += tokensOf(sum.measures);
    bucket.calls += Number(sum.measures.calls);
    bucket.unpricedTokens += Number(sum.measures.unpriced_tokens);
  }
  return {
    by,
    names: shown,
    others,
    buckets: buckets.map(({ startMs, calls, unpricedTokens, parts }) => ({
      start: new Date(startMs).toISOString(),
      calls,
      unpricedTokens,
      costsUsd: parts.map(({ cost }) => formatPicoUsd(cost)),
      tokens: parts.map(({ tokens }) => Number(tokens)),
    })),
  };
}

function add(totals: Map<string, Part>, name: string, measures: UsageMeasures): void {
  const known = totals.get(name) ?? { cost: 0n, tokens: 0n };
  totals.set(name, {
    cost: known.cost + measures.cost_pico_usd,
    tokens: known.tokens + tokensOf(measures),
  });
}

function nameOf(sum: UsageSums, by: UsageDimension): string {
  return sum[by] ?? '';
}

function tokensOf(measures: UsageMeasures): bigint {
  return (
    measures.input_tokens +
    measures.cache_read_tokens +
    measures.cache_write_5m_tokens +
    measures.cache_write_1h_tokens +
    measures.output_tokens
  );
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

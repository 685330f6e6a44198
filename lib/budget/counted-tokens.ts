/** The buckets that a limit in tokens may count; reasoning is in the output. */
export const countedTokens = ['input', 'cacheRead', 'cacheWrite', 'output'] as const;
export type CountedTokens = (typeof countedTokens)[number];

export type TokenCounts = Readonly<Record<CountedTokens, number>>;

/** How many of a call's tokens a budget counts. */
export function sumCountedTokens(tokens: TokenCounts, counted: readonly CountedTokens[]): number {
  return counted.reduce((sum, bucket) => sum + tokens[bucket], 0);
}

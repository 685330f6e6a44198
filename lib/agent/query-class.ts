export type QueryClassName = 'simple' | 'medium' | 'complex';

/** What an answer may take, by how much the model has to read. */
export const queryClasses = {
  simple: { tokensBelow: 2_000, targetMs: 5_000 },
  medium: { tokensBelow: 5_001, targetMs: 10_000 },
  complex: { tokensBelow: Number.POSITIVE_INFINITY, targetMs: 15_000 },
} as const satisfies Record<QueryClassName, { readonly tokensBelow: number; readonly targetMs: number }>;

/** Under 2,000 tokens of context simple, up to 5,000 medium, above complex. */
export function queryClass(contextTokens: number): QueryClassName {
  if (contextTokens < queryClasses.simple.tokensBelow) return 'simple';
  return contextTokens < queryClasses.medium.tokensBelow ? 'medium' : 'complex';
}

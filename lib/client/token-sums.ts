import type { TokenSums } from '#lib/usage/usage-row.ts';
import * as shape from './shape.ts';

/** Disjoint kinds of tokens, as the API answers them. */
export const tokenSums = shape.object({
  input: shape.number,
  cacheRead: shape.number,
  cacheWrite5m: shape.number,
  cacheWrite1h: shape.number,
  output: shape.number,
  reasoning: shape.number,
}) satisfies shape.Shape<TokenSums>;

import * as z from 'zod/mini';
import type { TokenSums } from '#lib/usage/usage-row.ts';

/** Disjoint kinds of tokens, as the API answers them. */
export const tokenSums = z.object({
  input: z.number(),
  cacheRead: z.number(),
  cacheWrite5m: z.number(),
  cacheWrite1h: z.number(),
  output: z.number(),
  reasoning: z.number(),
}) satisfies z.ZodMiniType<TokenSums>;

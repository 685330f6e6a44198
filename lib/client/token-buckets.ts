import * as z from 'zod/mini';

/** Disjoint kinds of tokens; `reasoning` is a part of `output`. */
export const tokenBuckets = z.object({
  input: z.number(),
  cacheRead: z.number(),
  cacheWrite5m: z.number(),
  cacheWrite1h: z.number(),
  output: z.number(),
  reasoning: z.number(),
});

export type TokenBuckets = z.infer<typeof tokenBuckets>;

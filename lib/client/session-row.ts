import * as z from 'zod/mini';

/** A session with its running totals. Money is a decimal string in USD; sizes are bytes. */
export const sessionRow = z.object({
  id: z.string(),
  agent: z.string(),
  model: z.nullable(z.string()),
  provider: z.nullable(z.string()),
  messages: z.number(),
  bytes: z.number(),
  tokens: z.number(),
  calls: z.number(),
  errors: z.number(),
  costUsd: z.string(),
  /** Of the last call; null before the first. */
  contextTokens: z.nullable(z.number()),
  contextHighWater: z.number(),
  modelWindow: z.nullable(z.number()),
  largestMessageBytes: z.number(),
  compactions: z.number(),
  firstActivity: z.string(),
  lastActivity: z.string(),
  cleared: z.boolean(),
});

export type SessionRow = z.infer<typeof sessionRow>;

import * as z from 'zod/mini';
import type { SessionRow } from '#lib/sessions/session-row.ts';

/** A session with its running totals, as the API answers it. */
export const sessionRow = z.object({
  id: z.string(),
  agent: z.string(),
  provider: z.nullable(z.string()),
  model: z.nullable(z.string()),
  messages: z.number(),
  bytes: z.number(),
  largestMessageBytes: z.number(),
  compactions: z.number(),
  calls: z.number(),
  errors: z.number(),
  tokens: z.number(),
  unpricedTokens: z.number(),
  costUsd: z.string(),
  contextTokens: z.nullable(z.number()),
  contextHighWater: z.number(),
  modelWindow: z.nullable(z.number()),
  firstActivity: z.string(),
  lastActivity: z.string(),
  cleared: z.boolean(),
}) satisfies z.ZodMiniType<SessionRow>;

import { z } from 'zod';
import type { Overview } from '#lib/usage/overview.ts';
import { sessionRow } from './session-answer.ts';
import { usageTotals, usd } from './usage-answer.ts';

const count = z.int().min(0);

/** `GET /api/overview` */
export const overviewAnswer = z.object({
  range: z.object({ from: z.iso.datetime(), to: z.iso.datetime(), timeZone: z.string() }),
  totals: usageTotals,
  previous: usageTotals.describe('The span of the same length before.'),
  today: z.object({ costUsd: usd, calls: count }),
  days: z.array(z.object({ start: z.iso.datetime(), costUsd: usd, calls: count, tokensTotal: count })),
  byModel: z.array(usageTotals.extend({ provider: z.string(), model: z.string(), tokensTotal: count })),
  byAgent: z.array(usageTotals.extend({ agent: z.string(), tokensTotal: count })),
  heaviestSessions: z.array(sessionRow),
}) satisfies z.ZodType<Overview>;

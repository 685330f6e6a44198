import { z } from 'zod';
import { holdStates } from '#lib/budget/hold.ts';
import { plainText } from './plain-text.ts';
import { usd } from './usage-answer.ts';

const instant = z.iso.datetime();
const count = z.int().min(0);

export const holdPath = z.object({ id: plainText(200) });

/** `POST /api/holds`, `settle`, `release`, `GET /api/holds/{id}` */
export const holdAnswer = z.object({
  id: z.string(),
  state: z.enum(holdStates),
  agent: z.string(),
  session: z.string().nullable(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  amountUsd: usd,
  costUsd: usd.nullable().describe('What it really cost; null while unknown.'),
  createdAt: instant,
  expiresAt: instant,
  resolvedAt: instant.nullable(),
});

/** `POST /api/estimate` */
export const estimateAnswer = z.object({
  lowUsd: usd,
  likelyUsd: usd,
  upperUsd: usd.nullable(),
  likelyOutputTokens: count,
  basedOnCalls: count,
  tierAboveTokens: count.nullable(),
  warning: z.string().nullable(),
  crosses: z.array(z.object({ id: z.guid(), name: z.string(), hard: z.boolean() })),
});

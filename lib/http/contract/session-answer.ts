import { z } from 'zod';
import type {
  SessionCulprit,
  SessionDetail,
  SessionGrowthPoint,
  SessionRow,
} from '#lib/sessions/session-row.ts';
import { tokenSums, usd } from './usage-answer.ts';

const count = z.int().min(0);
const instant = z.iso.datetime();

export const sessionRow = z.object({
  id: z.string(),
  agent: z.string(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  messages: count,
  bytes: count,
  largestMessageBytes: count,
  compactions: count,
  calls: count,
  errors: count,
  tokens: count,
  unpricedTokens: count,
  costUsd: usd,
  contextTokens: count.nullable().describe('Context of the last call; null before the first.'),
  contextHighWater: count,
  modelWindow: count.nullable(),
  firstActivity: instant,
  lastActivity: instant,
  cleared: z.boolean(),
}) satisfies z.ZodType<SessionRow>;

/** `GET /api/sessions` */
export const sessionsAnswer = z.object({
  sessions: z.array(sessionRow),
  nextCursor: z.string().nullable().describe('`cursor` of the next page; null at the end.'),
});

const growthPoint = z.object({
  ts: instant,
  calls: count,
  contextTokens: count,
  costUsd: usd,
  model: z.string(),
}) satisfies z.ZodType<SessionGrowthPoint>;

const culprit = z.object({
  seq: count,
  role: z.string(),
  kind: z.string(),
  toolName: z.string().nullable(),
  bytes: count,
  tokens: count,
  rereads: count.describe('Later calls that sent it again.'),
  rereadTokens: count,
}) satisfies z.ZodType<SessionCulprit>;

/** `GET /api/sessions/{id}` */
export const sessionAnswer = sessionRow.extend({
  tokenBuckets: tokenSums,
  messageTokens: count,
  lastSeq: z.int().min(-1),
  epoch: count,
  clearedThroughSeq: z.int().min(-1),
  growth: z.array(growthPoint),
  culprits: z.array(culprit),
}) satisfies z.ZodType<SessionDetail>;

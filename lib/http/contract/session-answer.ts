import { z } from 'zod';
import type {
  SessionCulprit,
  SessionDetail,
  SessionGrowthPoint,
  SessionOutlook,
  SessionRow,
  SessionTool,
  SessionUse,
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
  parts: z
    .object({ system: count, user: count, assistant: count, tool: count })
    .nullable()
    .describe('An estimate of what the context consists of; adds up to contextTokens.'),
  compacted: z.boolean().describe('A new history began here.'),
}) satisfies z.ZodType<SessionGrowthPoint>;

const culprit = z.object({
  seq: count,
  role: z.string(),
  kind: z.string(),
  toolName: z.string().nullable(),
  bytes: count,
  tokens: count,
  copies: count.describe('Messages of the session with the very same content, this one included.'),
  rereads: count.describe('Later calls that sent it again.'),
  rereadTokens: count,
  rereadCostUsd: usd.nullable().describe('What these calls paid for it; null where a price is not known.'),
}) satisfies z.ZodType<SessionCulprit>;

const tool = z.object({
  toolName: z.string(),
  messages: count,
  bytes: count,
  tokens: count,
  rereads: count,
  rereadTokens: count,
  rereadCostUsd: usd.nullable(),
}) satisfies z.ZodType<SessionTool>;

const use = z.object({
  source: z.string(),
  provider: z.string(),
  model: z.string(),
  calls: count,
  tokens: count,
  costUsd: usd,
}) satisfies z.ZodType<SessionUse>;

const outlook = z.object({
  callsLeft: count,
  minutesLeft: z.number().min(0),
  tokensPerCall: count,
  callsSeen: count,
}) satisfies z.ZodType<SessionOutlook>;

/** `GET /api/sessions/{id}` */
export const sessionAnswer = sessionRow.extend({
  tokenBuckets: tokenSums,
  messageTokens: count,
  lastSeq: z.int().min(-1),
  epoch: count,
  clearedThroughSeq: z.int().min(-1),
  growth: z.array(growthPoint),
  culprits: z.array(culprit),
  tools: z.array(tool),
  uses: z.array(use),
  outlook: outlook
    .nullable()
    .describe('When it outgrows its window at its present slope; null seven days after its last call.'),
  failing: z.object({ calls: count, error: z.string().nullable(), since: instant }).nullable(),
}) satisfies z.ZodType<SessionDetail>;

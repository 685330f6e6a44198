import type { SessionRow } from '#lib/sessions/session-row.ts';
import * as shape from './shape.ts';

/** A session with its running totals, as the API answers it. */
export const sessionRow = shape.object({
  id: shape.string,
  agent: shape.string,
  provider: shape.nullable(shape.string),
  model: shape.nullable(shape.string),
  messages: shape.number,
  bytes: shape.number,
  largestMessageBytes: shape.number,
  compactions: shape.number,
  calls: shape.number,
  errors: shape.number,
  tokens: shape.number,
  unpricedTokens: shape.number,
  costUsd: shape.string,
  contextTokens: shape.nullable(shape.number),
  contextHighWater: shape.number,
  modelWindow: shape.nullable(shape.number),
  firstActivity: shape.string,
  lastActivity: shape.string,
  cleared: shape.boolean,
}) satisfies shape.Shape<SessionRow>;

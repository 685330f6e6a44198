import { z } from 'zod';
import {
  attributesField,
  costField,
  countField,
  errorField,
  instantField,
  millisecondsField,
  nameField,
} from '#lib/ingest/event-fields.ts';
import { type Source, sources } from './source.ts';

export { type Source, sources } from './source.ts';

export const usageStatuses = ['ok', 'error', 'aborted'] as const;
export const conflictRules = ['keep', 'max'] as const;
export type UsageStatus = (typeof usageStatuses)[number];
export type ConflictRule = (typeof conflictRules)[number];

/** One model call as it is sent. An unknown field is refused: a mistyped one would lose tokens silently. */
export const usageInput = z
  .strictObject({
    type: z.literal('usage'),
    id: nameField,
    ts: instantField,
    agent: nameField,
    session: nameField.nullish(),
    source: z.enum(sources).nullish().meta({ description: 'Why it ran; default direct' }),
    provider: nameField,
    model: nameField.meta({ description: 'The model that answered' }),
    requestedModel: nameField.nullish(),
    inputTokens: countField,
    outputTokens: countField.meta({ description: 'With reasoning in it' }),
    cacheReadTokens: countField.nullish(),
    cacheWriteTokens: z
      .union([countField, z.strictObject({ '5m': countField.nullish(), '1h': countField.nullish() })])
      .nullish()
      .meta({ description: 'A number is all of 5-minute writes' }),
    reasoningTokens: countField.nullish(),
    inputIncludesCache: z
      .boolean()
      .nullish()
      .meta({ description: 'Whether inputTokens has the cache tokens in it; default true' }),
    costUsd: costField.nullish().meta({ description: 'What the client was told it cost' }),
    latencyMs: millisecondsField.nullish(),
    ttftMs: millisecondsField.nullish(),
    status: z.enum(usageStatuses).nullish(),
    error: errorField.nullish(),
    requestBytes: countField.nullish(),
    responseBytes: countField.nullish(),
    holdId: nameField.nullish(),
    attributes: attributesField.nullish(),
    onConflict: z
      .enum(conflictRules)
      .nullish()
      .meta({ description: '`max` lets a row with more tokens replace the stored one; default keep' }),
  })
  .meta({ id: 'UsageEvent', description: 'One model call' });

export type UsageInput = z.infer<typeof usageInput>;

/** One model call after normalising: disjoint buckets of tokens, everything else filled in. */
export type UsageEvent = {
  readonly type: 'usage';
  readonly id: string;
  /** UTC, at most microseconds. */
  readonly ts: string;
  readonly tsMs: number;
  readonly agent: string;
  readonly session: string | null;
  readonly source: Source;
  readonly provider: string;
  readonly model: string;
  readonly requestedModel: string | null;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWrite5mTokens: number;
  readonly cacheWrite1hTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  readonly reportedCostPicoUsd: bigint | null;
  readonly latencyMs: number | null;
  readonly ttftMs: number | null;
  readonly status: UsageStatus;
  readonly error: string | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly holdId: string | null;
  /** JSON text with sorted keys. */
  readonly attributes: string | null;
  readonly onConflict: ConflictRule;
};

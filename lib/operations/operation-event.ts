import { z } from 'zod';
import {
  attributesField,
  countField,
  instantField,
  millisecondsField,
  nameField,
} from '#lib/ingest/event-fields.ts';
import { type UsageStatus, usageStatuses } from '#lib/usage/usage-event.ts';

export const operationKinds = ['tool', 'prune', 'compact', 'queue', 'semaphore', 'request', 'other'] as const;
export type OperationKind = (typeof operationKinds)[number];

/** A timed thing that is not a model call, as it is sent. */
export const operationInput = z
  .strictObject({
    type: z.literal('operation'),
    id: nameField,
    ts: instantField,
    agent: nameField,
    session: nameField.nullish(),
    name: nameField,
    kind: z.enum(operationKinds),
    durationMs: millisecondsField,
    status: z.enum(usageStatuses).nullish(),
    bytesBefore: countField.nullish(),
    bytesAfter: countField.nullish(),
    tokensBefore: countField.nullish(),
    tokensAfter: countField.nullish(),
    attributes: attributesField.nullish(),
  })
  .meta({ id: 'OperationEvent', description: 'A timed thing that is not a model call' });

export type OperationInput = z.infer<typeof operationInput>;

export type OperationEvent = {
  readonly type: 'operation';
  readonly id: string;
  readonly ts: string;
  readonly tsMs: number;
  readonly agent: string;
  readonly session: string | null;
  readonly name: string;
  readonly kind: OperationKind;
  readonly durationMs: number;
  readonly status: UsageStatus;
  readonly bytesBefore: number | null;
  readonly bytesAfter: number | null;
  readonly tokensBefore: number | null;
  readonly tokensAfter: number | null;
  /** JSON text with sorted keys. */
  readonly attributes: string | null;
};

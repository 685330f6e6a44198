import { z } from 'zod';
import { gaugesField, instantField, nameField } from '#lib/ingest/event-fields.ts';

/** "I am alive", as it is sent. */
export const heartbeatInput = z
  .strictObject({
    type: z.literal('heartbeat'),
    id: nameField,
    ts: instantField,
    agent: nameField,
    gauges: gaugesField.nullish(),
  })
  .meta({ id: 'HeartbeatEvent', description: 'An agent is alive, with what it measures of itself' });

export type HeartbeatInput = z.infer<typeof heartbeatInput>;

export type HeartbeatEvent = {
  readonly type: 'heartbeat';
  readonly id: string;
  readonly ts: string;
  readonly tsMs: number;
  readonly agent: string;
  /** JSON text with sorted keys. */
  readonly gauges: string | null;
};

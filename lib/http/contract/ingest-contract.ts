import { z } from 'zod';
import { ingestInput } from '#lib/ingest/ingest-event.ts';

const events = z.array(ingestInput).min(1).max(1_000);

/** `POST /api/ingest`, as documented; lib/ingest/decode-batch.ts is what reads it. */
export const ingestBody = z
  .union([z.strictObject({ events }), events, ingestInput])
  .describe('At most 1,000 events, 5 MiB on the wire, 20 MiB unpacked.');

const count = z.int().min(0);

/** Its answer: 200, 207 when some events were rejected, 422 when all were. */
export const ingestAnswer = z.object({
  accepted: count,
  duplicates: count.describe('Known already, with the same payload. Not counted again.'),
  conflicts: count.describe('Known already, with another payload. The first one stays.'),
  rejected: count,
  raised: count.describe('Replaced by a row with more tokens, as `onConflict: "max"` asks.'),
  redacted: count.describe('Secrets taken out of messages.'),
  results: z.array(
    z.object({
      index: count,
      id: z.string().nullable(),
      status: z.enum(['accepted', 'duplicate', 'conflict', 'raised', 'rejected']),
      code: z.string().exactOptional(),
      field: z.string().nullable().exactOptional(),
      message: z.string().exactOptional(),
    }),
  ),
});

import { z } from 'zod';
import { parseInstant } from '#lib/time/parse-instant.ts';
import { wholeNumber } from './whole-number.ts';

const instant = z.iso.datetime();
const count = z.int().min(0);

/** `GET /api/alerts` */
export const alertsQuery = z.strictObject({
  before: z
    .string()
    .refine((text) => parseInstant(text) !== null, 'Expected RFC 3339 with an offset')
    .optional()
    .describe('`nextBefore` of the page before.'),
  limit: wholeNumber({ min: 1, max: 200 }).default(50),
});

export const alertsAnswer = z.object({
  unseen: count.describe('At most 100.'),
  nextBefore: instant.nullable(),
  alerts: z.array(
    z.object({
      id: z.guid(),
      budgetId: z.guid(),
      rule: z.string(),
      state: z.enum(['firing', 'recovered']),
      title: z.string(),
      text: z.string(),
      firedAt: instant,
      recoveredAt: instant.nullable(),
      windowEndsAt: instant.nullable(),
      isSeen: z.boolean(),
      deliveries: z.object({ pending: count, delivered: count, failed: count }),
    }),
  ),
});

/** `GET /api/alerts/targets` */
export const alertTargetsAnswer = z.object({
  targets: z.array(
    z.object({
      id: z.guid(),
      name: z.string(),
      kind: z.enum(['webhook', 'slack']),
      url: z.string(),
      createdAt: instant,
      last: z
        .object({
          state: z.enum(['pending', 'delivered', 'failing', 'failed']),
          at: instant,
          error: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
});

/** `POST /api/alerts/targets` */
export const newAlertTargetAnswer = z.object({
  id: z.guid(),
  secret: z.string().describe('Signs the messages. It is answered this once.'),
});

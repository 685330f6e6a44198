import { z } from 'zod';

const hours = z.number().int().min(1).max(168);

export const burnRule = z
  .strictObject({
    kind: z.literal('burn'),
    percent: z.number().min(0.1).max(100).describe('Per cent of the limit that is spent within `hours`.'),
    hours,
    sustainedHours: hours.describe('Over these hours the same rate must have held; at least `hours`.'),
  })
  .refine((rule) => rule.sustainedHours >= rule.hours, {
    path: ['sustainedHours'],
    message: 'Expected at least as many as `hours`',
  });

export const anomalyRule = z.strictObject({
  kind: z.literal('anomaly'),
  deviations: z
    .number()
    .min(1)
    .max(20)
    .default(4)
    .describe('How many robust deviations above its usual level a day must be.'),
});

/** Besides the thresholds: spent too fast, or a day far outside of its band. Each fires at most once a day. */
export const alertRule = z.union([burnRule, anomalyRule]);
export type AlertRule = Readonly<z.infer<typeof alertRule>>;
export type BurnRule = Readonly<z.infer<typeof burnRule>>;
export type AnomalyRule = Readonly<z.infer<typeof anomalyRule>>;

import { z } from 'zod';
import { holdBases } from '#lib/budget/hold-basis.ts';
import { usdText } from '#lib/budget/new-budget.ts';
import { isTimeZone } from '#lib/time/time-zone.ts';
import { retentionDaysMax } from './check-retention-days.ts';

/** What can be set for a project. */
export const projectSettings = z.strictObject({
  retentionDays: z
    .number()
    .int()
    .min(0)
    .max(retentionDaysMax)
    .describe(
      'Days that the text of messages is kept; 0 keeps it for ever. The usage ledger is always kept.',
    ),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'Expected an IANA time zone such as Europe/Berlin')
    .describe('IANA name of the zone in which days begin on the pages.'),
  holdBasis: z
    .enum(holdBases)
    .describe(
      'What a hold without an amount reserves: the most that the call can cost, or what such calls of the agent did cost.',
    ),
  holdCapUsd: usdText
    .nullable()
    .describe('The most that a hold without an amount reserves; null is without a cap.'),
});

export type ProjectSettings = Readonly<z.infer<typeof projectSettings>>;

/** A change names only what it changes. */
export const settingsPatch = projectSettings
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Expected a setting');

export type SettingsPatch = Readonly<z.infer<typeof settingsPatch>>;

/** Settings as stored, by name. A value that no longer fits (an older version's) counts as not set. */
export function parseProjectSettings(
  stored: ReadonlyMap<string, unknown>,
  defaults: ProjectSettings,
): ProjectSettings {
  const retentionDays = projectSettings.shape.retentionDays.safeParse(stored.get('retentionDays'));
  const timeZone = projectSettings.shape.timeZone.safeParse(stored.get('timeZone'));
  const holdBasis = projectSettings.shape.holdBasis.safeParse(stored.get('holdBasis'));
  const holdCapUsd = projectSettings.shape.holdCapUsd.safeParse(asUsdText(stored.get('holdCapUsd')));
  return {
    holdBasis: holdBasis.success ? holdBasis.data : defaults.holdBasis,
    holdCapUsd: holdCapUsd.success ? holdCapUsd.data : defaults.holdCapUsd,
    retentionDays: retentionDays.success ? retentionDays.data : defaults.retentionDays,
    timeZone: timeZone.success ? timeZone.data : defaults.timeZone,
  };
}

/** The driver and drizzle both read JSON, so that the text "0.01" comes back as a number. */
function asUsdText(value: unknown): unknown {
  return typeof value === 'number' ? value.toFixed(12).replace(/\.?0+$/, '') : value;
}

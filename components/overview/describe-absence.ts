import { activeDaysMin } from '#lib/projection/active-days.ts';
import type { ProjectionView } from '#lib/projection/projection-view.ts';

/** Why it is not said yet where a month is heading. */
export function describeAbsence({ basis }: ProjectionView): string {
  const missing = activeDaysMin - basis.activeDays;
  return missing === 1 ? 'known after one more day of spend' : `known after ${missing} more days of spend`;
}

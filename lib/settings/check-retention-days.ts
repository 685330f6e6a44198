export const retentionDaysMax = 36_500;

type RetentionCheck =
  | { readonly days: number; readonly problem: undefined }
  | { readonly days: null; readonly problem: string };

/** A typed number of days, 0 to 36,500 (a hundred years); 0 means for ever. */
export function checkRetentionDays(text: string): RetentionCheck {
  const days = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (days <= retentionDaysMax) return { days, problem: undefined };
  return { days: null, problem: 'A whole number of days, from 0 to 36,500.' };
}

/** Why one item of a batch was refused. The codes are stable. */
export const itemErrorCodes = [
  'missing_field',
  'unknown_field',
  'unknown_type',
  'wrong_type',
  'bad_value',
  'bad_format',
  'bad_text',
  'bad_json',
  'out_of_range',
  'too_long',
  'tokens_inconsistent',
  'ts_out_of_range',
] as const;

export type ItemErrorCode = (typeof itemErrorCodes)[number];

export type ItemError = {
  readonly code: ItemErrorCode;
  /** Dotted path in the item; null where the item as a whole is meant. */
  readonly field: string | null;
  /** Which item and field, what was expected, and what came. */
  readonly message: string;
};

const shownMax = 80;

/** A value as an error message may show it: short, printable, on one line. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  const flat = text.replaceAll(/[^\x20-\x7e\u00a1-\uffff]/g, '?').toWellFormed();
  return flat.length > shownMax ? `${flat.slice(0, shownMax)}…` : flat;
}

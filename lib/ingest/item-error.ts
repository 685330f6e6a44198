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

/** What has no shape of its own or turns the text around it: controls, bidi marks, zero-width characters. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}\u00a0]/gu;

/** A value as an error message may show it: short, printable, on one line. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  return showText(JSON.stringify(value) ?? String(value));
}

/** A text without quotes around it, cut and made printable in the same way. */
export function showText(text: string): string {
  const cut = text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
  return cut.replaceAll(unprintable, '?');
}

import { formatPicoUsd, parseUsd } from '#lib/pricing/parse-usd.ts';

/** The exact sum of decimal strings of USD. */
export function sumUsd(amounts: readonly string[]): string {
  return formatPicoUsd(amounts.reduce((sum, amount) => sum + parseUsd(amount), 0n));
}

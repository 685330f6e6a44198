import { parseUsd, picoUsdPerUsd } from '#lib/pricing/parse-usd.ts';

/**
 * An exact decimal amount of USD ("12.3456") with as many digits as matter: whole dollars from $1,000, cents
 * from $1, two significant digits below ($0.42, $0.0042); half a digit rounds away from zero. Show the exact
 * amount on hover. Throws like `parseUsd` for anything else.
 */
export function formatUsd(usd: string): string {
  const pico = parseUsd(usd);
  const magnitude = pico < 0n ? -pico : pico;
  const shown = formatMagnitude(magnitude);
  return pico < 0n ? `-${shown}` : shown;
}

function formatMagnitude(pico: bigint): string {
  if (pico === 0n) return '$0.00';
  const decimals = decimalsFor(pico);
  const rounded = roundTo(pico, decimals);
  // Rounding may have carried into the next size: $999.996 is $1,000 and $0.0996 is $0.10.
  const settled = decimalsFor(rounded);
  const text = write(roundTo(rounded, settled), settled);
  return `$${text}`;
}

function decimalsFor(pico: bigint): number {
  if (pico >= 1_000n * picoUsdPerUsd) return 0;
  if (pico >= picoUsdPerUsd) return 2;
  const leadingZeros = 12 - pico.toString().length;
  return Math.min(12, leadingZeros + 2);
}

function roundTo(pico: bigint, decimals: number): bigint {
  const unit = 10n ** BigInt(12 - decimals);
  return ((pico + unit / 2n) / unit) * unit;
}

/** Made once: to make one costs a hundred times what using it does. */
const wholeDollars = new Intl.NumberFormat('en-US');

function write(pico: bigint, decimals: number): string {
  const whole = wholeDollars.format(pico / picoUsdPerUsd);
  if (decimals === 0) return whole;
  return `${whole}.${(pico % picoUsdPerUsd).toString().padStart(12, '0').slice(0, decimals)}`;
}

import { AppError } from '#lib/errors.ts';

/** 1 USD in pico-USD, the unit of every amount in this project: a bigint of 1e-12 USD. */
export const picoUsdPerUsd = 1_000_000_000_000n;

const decimals = 12;
const plainDecimal = /^(-?)(\d{1,18})(?:\.(\d{1,12}))?$/;

/**
 * Reads an exact decimal amount of USD ("12.345") as pico-USD. Takes at most 18 digits before and 12 after
 * the point, an optional minus sign, and nothing else (no exponent, no plus, no spaces).
 * Throws `AppError('bad_request')` for any other text; nothing is ever rounded.
 */
export function parseUsd(text: string): bigint {
  const match = plainDecimal.exec(text);
  if (match === null) {
    const shown = JSON.stringify(text.slice(0, 40));
    throw new AppError(
      'bad_request',
      `Expected an amount in USD like "12.345" (12 decimals at most), got ${shown}`,
    );
  }
  const [, sign = '', whole = '0', fraction = ''] = match;
  const pico = BigInt(whole + fraction.padEnd(decimals, '0'));
  return sign === '-' ? -pico : pico;
}

/** Writes pico-USD as an exact decimal amount of USD, without trailing zeros: "12.345", "3", "0". */
export function formatPicoUsd(pico: bigint): string {
  const magnitude = pico < 0n ? -pico : pico;
  const whole = magnitude / picoUsdPerUsd;
  const fraction = (magnitude % picoUsdPerUsd).toString().padStart(decimals, '0').replace(/0+$/, '');
  const sign = pico < 0n ? '-' : '';
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

import { AppError } from '#lib/errors.ts';

/**
 * Turns an amount of USD that arrived as a float into pico-USD, rounded to the nearest 1e-12 USD: clients
 * report sums like 0.1 + 0.2, whose 17 digits are noise. Exact decimals belong in `parseUsd`.
 * Throws `AppError('bad_request')` outside -1e18..1e18 and for NaN.
 */
export function toPicoUsd(usd: number): bigint {
  if (!(Math.abs(usd) < 1e18)) {
    throw new AppError('bad_request', `Expected an amount in USD below 1e18, got ${usd}`);
  }
  return BigInt(usd.toFixed(12).replace('.', ''));
}

import { AppError } from '#lib/errors.ts';
import { formatPicoUsd, parseUsd } from './parse-usd.ts';

const tokensPerMillion = 1_000_000n;
/** A million USD for a million tokens. */
export const ratePicoUsdMax = tokensPerMillion * tokensPerMillion;

/**
 * Reads a rate as price lists print it, USD for a million tokens ("2.5"), as pico-USD a token: exact, so at most
 * six decimals. @throws AppError `bad_request` for anything else, below 0 or above a million USD
 */
export function parseUsdPerMillion(text: string): bigint {
  const pico = parseUsd(text);
  const rate = pico / tokensPerMillion;
  if (pico < 0n || rate > ratePicoUsdMax || rate * tokensPerMillion !== pico) {
    throw new AppError(
      'bad_request',
      `Expected USD for a million tokens, from 0 to 1000000 with at most 6 decimals, got ${JSON.stringify(text.slice(0, 40))}`,
    );
  }
  return rate;
}

/** Whether `parseUsdPerMillion` would take it; for forms. */
export function isUsdPerMillion(text: string): boolean {
  try {
    parseUsdPerMillion(text);
    return true;
  } catch {
    // Its only way to say no.
    return false;
  }
}

/** pico-USD a token as USD for a million tokens: 2500000n is "2.5". */
export function formatUsdPerMillion(rate: bigint): string {
  return formatPicoUsd(rate * tokensPerMillion);
}

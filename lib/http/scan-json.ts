import { AppError } from '#lib/errors.ts';

export const jsonDepthMax = 32;
export const jsonTokensMax = 500_000;

export type JsonScan = {
  /** Structural characters outside strings: brackets, braces, commas, colons. */
  readonly tokens: number;
  /** Colons outside strings: in valid JSON, the number of members as written. */
  readonly colons: number;
};

export type ScanJsonOptions = { readonly depthMax?: number; readonly tokensMax?: number };

/**
 * One pass over the bytes before `JSON.parse`, which itself accepts five million levels. It does not judge
 * syntax, only size of structure.
 * @throws AppError `too_deep` (default 32 levels) or `too_complex` (default 500,000 structural characters).
 */
export function scanJson(bytes: Uint8Array, options: ScanJsonOptions = {}): JsonScan {
  const { depthMax = jsonDepthMax, tokensMax = jsonTokensMax } = options;
  const end = bytes.length;
  let depth = 0;
  let tokens = 0;
  let colons = 0;
  for (let offset = 0; offset < end; offset += 1) {
    switch (bytes[offset]) {
      case 0x22: // a quote: on to the one that closes it
        for (offset += 1; offset < end && bytes[offset] !== 0x22; offset += 1) {
          if (bytes[offset] === 0x5c) offset += 1;
        }
        break;
      case 0x2c: // ,
        tokens += 1;
        break;
      case 0x3a: // :
        tokens += 1;
        colons += 1;
        break;
      case 0x5b: // [
      case 0x7b: // {
        tokens += 1;
        depth += 1;
        if (depth > depthMax) throw tooDeep(depthMax, offset);
        if (tokens > tokensMax) throw tooComplex(tokensMax);
        break;
      case 0x5d: // ]
      case 0x7d: // }
        tokens += 1;
        if (depth > 0) depth -= 1;
        break;
    }
  }
  if (tokens > tokensMax) throw tooComplex(tokensMax);
  return { tokens, colons };
}

function tooDeep(depthMax: number, offset: number): AppError {
  const message = `The JSON is nested more than ${depthMax} levels deep: see the byte at offset ${offset}.`;
  return new AppError('too_deep', message, { details: { depthMax, offset } });
}

function tooComplex(tokensMax: number): AppError {
  const message = `The JSON has more than ${tokensMax} structural characters. Send smaller batches.`;
  return new AppError('too_complex', message, { details: { tokensMax } });
}

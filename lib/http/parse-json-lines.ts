import { AppError } from '#lib/errors.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import type { JsonValue } from './json-value.ts';
import { parseScanned, skipByteOrderMark } from './parse-json.ts';
import { jsonTokensMax, scanJson } from './scan-json.ts';

export type JsonLine =
  | { readonly line: number; readonly value: JsonValue }
  | { readonly line: number; readonly error: AppError };

export type ParseJsonLinesOptions = {
  /** Lines that are not blank. Default 1,000. */
  readonly linesMax?: number;
};

/**
 * Newline-delimited JSON, each line judged alone by the rules of `parseJson`; all lines together share one
 * allowance of 500,000 structural characters, and a line past it is refused. Lines are counted from 1, end in
 * LF or CR LF, blank ones are skipped, and the last needs no newline.
 * @throws AppError `too_many_events` past `linesMax`, before any line is parsed. A bad line does not throw.
 */
export function parseJsonLines(bytes: Uint8Array, options: ParseJsonLinesOptions = {}): readonly JsonLine[] {
  const { linesMax = 1_000 } = options;
  let tokensLeft = jsonTokensMax;
  return splitLines(skipByteOrderMark(bytes), linesMax).map(({ line, text }) => {
    try {
      const { tokens, colons } = scanJson(text, { tokensMax: tokensLeft });
      tokensLeft -= tokens;
      return { line, value: parseScanned(decodeUtf8(text), colons, line) };
    } catch (error) {
      if (error instanceof AppError) return { line, error };
      throw error;
    }
  });
}

function splitLines(bytes: Uint8Array, linesMax: number): { line: number; text: Uint8Array }[] {
  const lines: { line: number; text: Uint8Array }[] = [];
  let start = 0;
  for (let line = 1; start < bytes.length; line += 1) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const text = bytes.subarray(start, end);
    if (!isBlank(text)) lines.push({ line, text });
    if (lines.length > linesMax) {
      throw new AppError('too_many_events', `Send at most ${linesMax} lines at once.`, {
        details: { linesMax },
      });
    }
    start = end + 1;
  }
  return lines;
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

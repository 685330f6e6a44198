import { AppError } from '#lib/errors.ts';
import { decodeUtf8 } from './decode-utf8.ts';
import { findJsonFault } from './find-json-fault.ts';
import { isJsonObject, type JsonValue } from './json-value.ts';
import { type ScanJsonOptions, scanJson } from './scan-json.ts';

/**
 * Strict JSON from bytes: valid UTF-8, at most 32 levels and 500,000 structural characters (both checked
 * before parsing), no member named twice. One leading byte order mark is skipped, because some shells write
 * one. Numbers are as JavaScript reads them: the caller refuses infinite and unsafe ones.
 * @throws AppError `invalid_utf8`, `too_deep`, `too_complex`, `invalid_json` or `duplicate_key`; the last two
 * say line and column.
 */
export function parseJson(bytes: Uint8Array, options: ScanJsonOptions = {}): JsonValue {
  const body = skipByteOrderMark(bytes);
  const { colons } = scanJson(body, options);
  return parseScanned(decodeUtf8(body), colons);
}

/** Windows shells put U+FEFF before what they send; RFC 8259 section 8.1 lets a reader ignore it. */
export function skipByteOrderMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/**
 * The part of `parseJson` after the scan, for callers that scanned and decoded already. `firstLine` is the
 * number of the text's first line in the body, for what a refusal says.
 */
export function parseScanned(text: string, colons: number, firstLine = 1): JsonValue {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw faultOf(text, firstLine, cause);
  }
  // Valid JSON has one colon a member, so fewer keys than colons means that one overwrote another.
  if (countKeys(value) !== colons) throw faultOf(text, firstLine, undefined);
  return value;
}

function countKeys(value: JsonValue): number {
  let keys = 0;
  if (isJsonObject(value)) {
    for (const name in value) {
      keys += 1;
      const member = value[name];
      if (typeof member === 'object') keys += countKeys(member);
    }
  } else if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') keys += countKeys(item);
  }
  return keys;
}

function faultOf(text: string, firstLine: number, cause: unknown): AppError {
  const fault = findJsonFault(text) ?? { code: 'invalid_json', offset: 0, message: 'this text is refused' };
  const before = text.slice(0, fault.offset);
  const line = firstLine + before.split('\n').length - 1;
  const column = fault.offset - before.lastIndexOf('\n');
  return new AppError(fault.code, `Line ${line}, column ${column}: ${fault.message}.`, {
    cause,
    details: { line, column },
  });
}

import type { ErrorCode } from '#lib/errors.ts';

/** What every operation with a JSON body can answer. */
export const bodyProblems = [
  'bad_request',
  'invalid_json',
  'invalid_utf8',
  'too_deep',
  'too_complex',
  'duplicate_key',
  'body_too_large',
  'unsupported_media_type',
  'unsupported_encoding',
  'request_timeout',
] as const satisfies readonly ErrorCode[];

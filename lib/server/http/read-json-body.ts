import 'server-only';
import type { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { parseJson } from '#lib/http/parse-json.ts';
import { readBody } from '#lib/http/read-body.ts';
import { parseWith } from './parse-input.ts';

const bytesMax = 65_536;
const waitMs = 10_000;
const jsonType = /^application\/json\s*(?:;\s*charset=(?:utf-8|"utf-8")\s*)?$/i;

/**
 * Reads and parses a small JSON body. Only `application/json`: a form of another site cannot send that
 * without asking first.
 * @throws AppError `unsupported_media_type`, `body_too_large`, `bad_request` and what the JSON decoder throws
 */
export async function readJsonBody<S extends z.ZodType>(schema: S, request: Request): Promise<z.output<S>> {
  if (!jsonType.test(request.headers.get('content-type') ?? '')) {
    throw new AppError('unsupported_media_type', 'Send `Content-Type: application/json`.');
  }
  const bytes = await readBody({
    chunks: request.body ?? nothing(),
    contentEncoding: request.headers.get('content-encoding'),
    contentLength: request.headers.get('content-length'),
    wireBytesMax: bytesMax,
    decodedBytesMax: bytesMax,
    signal: AbortSignal.timeout(waitMs),
  });
  return parseWith(schema, parseJson(bytes), 'bad_request');
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

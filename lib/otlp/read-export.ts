import { AppError } from '#lib/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '#lib/http/json-value.ts';
import { parseJson } from '#lib/http/parse-json.ts';
import { toAttributes } from './attributes.ts';
import type { OtlpOrigin } from './otlp-record.ts';
import type { OtlpFormat, OtlpSignal } from './otlp-signal.ts';
import { readProtobuf } from './read-protobuf.ts';
import { exportLevels, exportRequests } from './wire-schema.ts';

/** Twice the depth of other JSON: one level of a structured attribute is four of OTLP/JSON. */
export const exportDepthMax = 64;
export const exportFieldsMax = 1_000_000;

export type ExportRecord = OtlpOrigin & { readonly index: number; readonly fields: JsonObject };

/**
 * The body of a request as the records of its signal, each with where it came from, in order. An empty
 * protobuf body is an export without records.
 * @throws AppError where the body as a whole cannot be read.
 */
export function readExport(body: {
  readonly bytes: Uint8Array;
  readonly format: OtlpFormat;
  readonly signal: OtlpSignal;
}): readonly ExportRecord[] {
  const { resources, scopes, records } = exportLevels[body.signal];
  const found: ExportRecord[] = [];
  for (const ofResource of objectsAt(toObject(body), resources)) {
    const resource = toAttributes(objectAt(ofResource, 'resource')['attributes']);
    for (const ofScope of objectsAt(ofResource, scopes)) {
      const { name } = objectAt(ofScope, 'scope');
      const scope = typeof name === 'string' ? name : '';
      for (const fields of objectsAt(ofScope, records)) {
        found.push({ index: found.length, resource, scope, fields });
      }
    }
  }
  return found;
}

function toObject({ bytes, format, signal }: Parameters<typeof readExport>[0]): JsonObject {
  if (format === 'protobuf') {
    const limits = { depthMax: exportDepthMax, fieldsMax: exportFieldsMax };
    return readProtobuf(bytes, exportRequests[signal], limits);
  }
  const value = parseJson(bytes, { depthMax: exportDepthMax, tokensMax: exportFieldsMax });
  if (isJsonObject(value)) return value;
  throw new AppError('bad_request', 'The body must be an OTLP export: an object.');
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = memberOf(object, name);
  if (value === null) return {};
  if (isJsonObject(value)) return value;
  throw new AppError('bad_request', `\`${name}\` must be an object.`);
}

function objectsAt(object: JsonObject, name: string): readonly JsonObject[] {
  const value = memberOf(object, name);
  if (value === null) return [];
  if (Array.isArray(value) && value.every(isJsonObject)) return value;
  throw new AppError('bad_request', `\`${name}\` must be a list of objects.`);
}

function memberOf(object: JsonObject, name: string): JsonValue {
  return Object.hasOwn(object, name) ? (object[name] ?? null) : null;
}

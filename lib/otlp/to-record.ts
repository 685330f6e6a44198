import { isJsonObject, type JsonObject, type JsonValue } from '#lib/http/json-value.ts';
import { findText, toAttributes, toPlainValue } from './attributes.ts';
import type { OtlpLogRecord, OtlpSpan, RefusedRecord } from './otlp-record.ts';
import type { ExportRecord } from './read-export.ts';

type Read<Value> = Value | { readonly refused: RefusedRecord };

const traceIdPattern = /^(?!0{32})[0-9a-f]{32}$/;
const spanIdPattern = /^(?!0{16})[0-9a-f]{16}$/;
const nanoMax = 18_446_744_073_709_551_615n;

/** A span; without ids of its own it cannot be told from another, so it is refused. */
export function toSpan({ index, resource, scope, fields }: ExportRecord): Read<OtlpSpan> {
  const traceId = idOf(fields['traceId'], traceIdPattern);
  const spanId = idOf(fields['spanId'], spanIdPattern);
  if (traceId === null)
    return refuse(index, 'Span', 'traceId', 'must be 16 bytes (32 hex digits), not all zero');
  if (spanId === null)
    return refuse(index, 'Span', 'spanId', 'must be 8 bytes (16 hex digits), not all zero');
  const startNano = nanoOf(fields['startTimeUnixNano']);
  const endNano = nanoOf(fields['endTimeUnixNano']);
  if (startNano === null) return refuse(index, 'Span', 'startTimeUnixNano', 'must be nanoseconds');
  if (endNano === null) return refuse(index, 'Span', 'endTimeUnixNano', 'must be nanoseconds');
  const { name, kind } = fields;
  const status = isJsonObject(fields['status']) ? fields['status'] : {};
  return {
    index,
    resource,
    scope,
    traceId,
    spanId,
    parentSpanId: idOf(fields['parentSpanId'], spanIdPattern),
    name: typeof name === 'string' ? name : '',
    kind: typeof kind === 'number' ? kind : 0,
    startNano,
    endNano,
    attributes: toAttributes(fields['attributes']),
    isError: status['code'] === 2,
    errorText: textOf(status['message']) ?? findException(fields['events']),
  };
}

export function toLogRecord({ index, resource, scope, fields }: ExportRecord): Read<OtlpLogRecord> {
  const timeNano = nanoOf(fields['timeUnixNano']);
  const observedNano = nanoOf(fields['observedTimeUnixNano']);
  if (timeNano === null) return refuse(index, 'Log record', 'timeUnixNano', 'must be nanoseconds');
  if (observedNano === null)
    return refuse(index, 'Log record', 'observedTimeUnixNano', 'must be nanoseconds');
  const attributes = toAttributes(fields['attributes']);
  const body = toPlainValue(fields['body']);
  return {
    index,
    resource,
    scope,
    traceId: idOf(fields['traceId'], traceIdPattern),
    spanId: idOf(fields['spanId'], spanIdPattern),
    timeNano: timeNano === 0n ? observedNano : timeNano,
    // The field is younger than the attribute; Codex puts a place in its source there.
    eventName: findText(attributes, 'event.name') ?? textOf(fields['eventName']) ?? textOf(body) ?? '',
    attributes,
  };
}

function refuse(index: number, what: string, field: string, expected: string): { refused: RefusedRecord } {
  return { refused: { index, message: `${what} ${index}: \`${field}\` ${expected}.` } };
}

function idOf(value: JsonValue | undefined, pattern: RegExp): string | null {
  if (typeof value !== 'string') return null;
  const id = value.toLowerCase();
  return pattern.test(id) ? id : null;
}

/** Nanoseconds as decimal text or a number; 0 when absent, null when it is neither. */
function nanoOf(value: JsonValue | undefined): bigint | null {
  if (value === undefined || value === null || value === '') return 0n;
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= 0 && value < 1e20 ? BigInt(value) : null;
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value)) return null;
  const nano = BigInt(value);
  return nano <= nanoMax ? nano : null;
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function findException(events: JsonValue | undefined): string | null {
  if (!Array.isArray(events)) return null;
  const exception = events.find(
    (event): event is JsonObject => isJsonObject(event) && event['name'] === 'exception',
  );
  return exception === undefined
    ? null
    : findText(toAttributes(exception['attributes']), 'exception.message', 'exception.type');
}

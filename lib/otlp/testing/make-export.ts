import type { JsonObject, JsonValue } from '#lib/http/json-value.ts';

type Given = Readonly<Record<string, JsonValue>>;

export type MadeSpan = {
  readonly id: string;
  readonly parent?: string;
  readonly trace?: string;
  readonly name?: string;
  readonly scope?: string;
  readonly kind?: number;
  readonly startMs?: number;
  readonly endMs?: number;
  readonly error?: string;
  readonly attributes: Given;
};

export const madeAtMs = Date.UTC(2026, 10, 21, 12);
export const madeTrace = 'a'.repeat(32);

/** An export of spans as OTLP/JSON has it; a span's id is the last digits of the real one. */
export function makeTraces(
  spans: readonly MadeSpan[],
  resource: Given = { 'service.name': 'app' },
): JsonObject {
  return {
    resourceSpans: spans.map((span) => ({
      resource: { attributes: toAttributeList(resource) },
      scopeSpans: [{ scope: { name: span.scope ?? 'made' }, spans: [toSpanJson(span)] }],
    })),
  };
}

/** An export of log records, each the attributes of one. */
export function makeLogs(
  records: readonly Given[],
  { scope = 'made', resource = {} }: { readonly scope?: string; readonly resource?: Given } = {},
): JsonObject {
  const logRecords = records.map((attributes, index) => ({
    timeUnixNano: `${madeAtMs + index}000000`,
    attributes: toAttributeList(attributes),
  }));
  const scopeLogs = [{ scope: { name: scope }, logRecords }];
  return { resourceLogs: [{ resource: { attributes: toAttributeList(resource) }, scopeLogs }] };
}

export function toBytes(value: JsonValue): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

function toSpanJson(span: MadeSpan): JsonObject {
  const { startMs = 0, endMs = startMs + 100 } = span;
  return {
    traceId: span.trace ?? madeTrace,
    spanId: span.id.padStart(16, '0'),
    ...(span.parent !== undefined && { parentSpanId: span.parent.padStart(16, '0') }),
    name: span.name ?? 'span',
    kind: span.kind ?? 3,
    startTimeUnixNano: `${madeAtMs + startMs}000000`,
    endTimeUnixNano: `${madeAtMs + endMs}000000`,
    attributes: toAttributeList(span.attributes),
    ...(span.error !== undefined && { status: { code: 2, message: span.error } }),
  };
}

function toAttributeList(given: Given): readonly JsonValue[] {
  return Object.entries(given).map(([key, value]) => ({ key, value: toAnyValue(value) }));
}

function toAnyValue(value: JsonValue): JsonObject {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(toAnyValue) } };
  if (value === null) return {};
  return { kvlistValue: { values: toAttributeList(value as Given) } };
}

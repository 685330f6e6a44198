import type { OtlpSignal } from './otlp-signal.ts';

/**
 * The part of opentelemetry-proto 1.x that is read here, by its public field numbers; everything else is
 * skipped, as protobuf has it. Names are those of OTLP/JSON, so that both encodings are read as one shape.
 */
export type WireMessage = { readonly [fieldNumber: number]: WireField };

export type WireField = {
  readonly name: string;
  /** `id` is bytes that JSON writes in hex; a function gives the message that is nested. */
  readonly type: ScalarType | (() => WireMessage);
  readonly isList?: true;
};

export type ScalarType = 'string' | 'id' | 'bytes' | 'bool' | 'enum' | 'int64' | 'double' | 'fixed64';

const field = (name: string, type: WireField['type']): WireField => ({ name, type });
const list = (name: string, type: WireField['type']): WireField => ({ name, type, isList: true });

const anyValue: WireMessage = {
  1: field('stringValue', 'string'),
  2: field('boolValue', 'bool'),
  3: field('intValue', 'int64'),
  4: field('doubleValue', 'double'),
  5: field('arrayValue', () => arrayValue),
  6: field('kvlistValue', () => keyValueList),
  7: field('bytesValue', 'bytes'),
};
const arrayValue: WireMessage = { 1: list('values', () => anyValue) };
const keyValue: WireMessage = { 1: field('key', 'string'), 2: field('value', () => anyValue) };
const keyValueList: WireMessage = { 1: list('values', () => keyValue) };
const resource: WireMessage = { 1: list('attributes', () => keyValue) };
const scope: WireMessage = { 1: field('name', 'string') };

const spanEvent: WireMessage = { 2: field('name', 'string'), 3: list('attributes', () => keyValue) };
const status: WireMessage = { 2: field('message', 'string'), 3: field('code', 'enum') };
const span: WireMessage = {
  1: field('traceId', 'id'),
  2: field('spanId', 'id'),
  4: field('parentSpanId', 'id'),
  5: field('name', 'string'),
  6: field('kind', 'enum'),
  7: field('startTimeUnixNano', 'fixed64'),
  8: field('endTimeUnixNano', 'fixed64'),
  9: list('attributes', () => keyValue),
  11: list('events', () => spanEvent),
  15: field('status', () => status),
};
const logRecord: WireMessage = {
  1: field('timeUnixNano', 'fixed64'),
  5: field('body', () => anyValue),
  6: list('attributes', () => keyValue),
  9: field('traceId', 'id'),
  10: field('spanId', 'id'),
  11: field('observedTimeUnixNano', 'fixed64'),
  12: field('eventName', 'string'),
};

/** Points are not looked at: see decision 16. */
const metric: WireMessage = { 1: field('name', 'string') };

/** The names of the three levels of an export, which are alike but for these. */
export const exportLevels = {
  traces: { resources: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' },
  logs: { resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' },
  metrics: { resources: 'resourceMetrics', scopes: 'scopeMetrics', records: 'metrics' },
} as const satisfies Record<OtlpSignal, object>;

/** The body of a request by signal. */
export const exportRequests: Readonly<Record<OtlpSignal, WireMessage>> = {
  traces: exportOf('traces', span),
  logs: exportOf('logs', logRecord),
  metrics: exportOf('metrics', metric),
};

function exportOf(signal: OtlpSignal, record: WireMessage): WireMessage {
  const { resources, scopes, records } = exportLevels[signal];
  const ofScope: WireMessage = { 1: field('scope', () => scope), 2: list(records, () => record) };
  const ofResource: WireMessage = { 1: field('resource', () => resource), 2: list(scopes, () => ofScope) };
  return { 1: list(resources, () => ofResource) };
}

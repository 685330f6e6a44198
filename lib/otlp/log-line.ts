import { toName } from '#lib/ingest/to-name.ts';
import type { OperationInput } from '#lib/operations/operation-event.ts';
import type { UsageInput } from '#lib/usage/usage-event.ts';
import { type Attributes, findCount, findNumber, findText, isTrue } from './attributes.ts';
import { findAgent, findSession } from './call-names.ts';
import { nanoToIso } from './nano-time.ts';
import type { OtlpLogRecord } from './otlp-record.ts';

export type Product = 'claude-code' | 'codex' | 'gemini-cli';

/** A log record with where it belongs. */
export type LogLine = {
  /** Of the event, without the product's own prefix. */
  readonly name: string;
  readonly product: Product | null;
  readonly agent: string;
  readonly session: string;
  readonly ts: string;
  /** Tells this record from others of its session where it has no id of its own. */
  readonly mark: string;
  readonly attributes: Attributes;
};

const durationMsMax = 30 * 86_400_000;

export function toLogLine(record: OtlpLogRecord): LogLine {
  const { attributes, resource, timeNano } = record;
  const product = productOf(record);
  const service = findText(resource, 'service.name');
  const session = findSession(attributes) ?? findText(resource, 'session.id') ?? record.traceId ?? 'unknown';
  const stamp = findText(attributes, 'event.timestamp') ?? String(timeNano);
  return {
    name: record.eventName.replace(/^(?:claude_code|codex|gemini_cli)\./, ''),
    product,
    agent: product ?? toName(findAgent(attributes) ?? service ?? 'otel'),
    session: toName(session),
    ts: nanoToIso(timeNano),
    mark: `${stamp}:${findText(attributes, 'event.sequence') ?? ''}`,
    attributes,
  };
}

function productOf({ scope, resource, eventName }: OtlpLogRecord): Product | null {
  const service = findText(resource, 'service.name') ?? '';
  if (scope.startsWith('com.anthropic.claude_code') || eventName.startsWith('claude_code.'))
    return 'claude-code';
  if (service === 'claude-code') return 'claude-code';
  if (scope.startsWith('codex_') || eventName.startsWith('codex.')) return 'codex';
  return scope.startsWith('gemini-cli') || eventName.startsWith('gemini_cli.') ? 'gemini-cli' : null;
}

/** The time that a request or tool took, where the record says a sensible one. */
export function durationOf({ attributes }: LogLine): number | null {
  const durationMs = findNumber(attributes, 'duration_ms', 'duration');
  return durationMs !== null && durationMs <= durationMsMax ? durationMs : null;
}

/** A timed event as an operation; `id` is its own in the session. */
export function toOperation(
  line: LogLine,
  operation: Pick<OperationInput, 'id' | 'name' | 'kind'> &
    Partial<Pick<OperationInput, 'tokensBefore' | 'tokensAfter'>>,
): OperationInput {
  return {
    type: 'operation',
    ts: line.ts,
    agent: line.agent,
    session: line.session,
    durationMs: durationOf(line) ?? 0,
    status: hasFailed(line) ? 'error' : 'ok',
    ...operation,
    id: toName(operation.id),
    name: toName(operation.name, operation.kind),
  };
}

function hasFailed({ attributes }: LogLine): boolean {
  if (!attributes.has('success')) return findText(attributes, 'error', 'error.message') !== null;
  return !isTrue(attributes, 'success');
}

/** A request that failed: a call whose tokens nobody told. */
export function toFailedCall(line: LogLine, call: Pick<UsageInput, 'id' | 'provider'>): UsageInput {
  const { attributes, ts, agent, session } = line;
  const error = findText(attributes, 'error', 'error.message', 'error_message', 'error_type', 'error.type');
  const status = findCount(attributes, 'status_code', 'http.response.status_code', 'http.status_code');
  const latencyMs = durationOf(line);
  return {
    type: 'usage',
    ...call,
    id: toName(call.id),
    ts,
    agent,
    session,
    model: toName(findText(attributes, 'model') ?? 'unknown'),
    inputTokens: 0,
    outputTokens: 0,
    status: 'error',
    error: error ?? `HTTP ${status ?? 'error'}`,
    ...(latencyMs !== null && { latencyMs }),
    attributes: { 'otel.usage': 'unknown' },
  };
}

import type { MessageInput } from '#lib/chat/message-event.ts';
import { toName } from '#lib/ingest/to-name.ts';
import type { OperationInput } from '#lib/operations/operation-event.ts';
import type { UsageInput } from '#lib/usage/usage-event.ts';
import { type Attributes, findNumber, findText } from './attributes.ts';
import {
  findAgent,
  findCost,
  findModel,
  findProvider,
  findRequestedModel,
  findSession,
  findUser,
} from './call-names.ts';
import { type ChosenCall, chooseCalls } from './choose-calls.ts';
import { type MessagePlace, readMessages } from './genai-messages.ts';
import { keepAttributes } from './kept-attributes.ts';
import { nanoElapsedMs, nanoToIso } from './nano-time.ts';
import type { OtlpEvent } from './otlp-event.ts';
import type { OtlpSpan } from './otlp-record.ts';
import { ancestorFinder } from './span-ancestors.ts';
import { spanKind } from './span-kind.ts';
import { contextTokens } from './token-usage.ts';

/** Model calls, what was said in them, and tools, of the spans of one export, in the order of their ends. */
export function spanEvents(spans: readonly OtlpSpan[]): readonly OtlpEvent[] {
  const ancestorsOf = ancestorFinder(spans);
  const calls = chooseCalls(spans).map(({ span, ...call }) => ({
    endNano: span.endNano,
    events: callEvents({ span, ...call }),
  }));
  const tools = spans
    .filter((span) => spanKind(span) === 'tool')
    .map((span) => ({ endNano: span.endNano, events: [toolEvent(span, ancestorsOf(span))] }));
  return [...calls, ...tools]
    .sort((a, b) => (a.endNano < b.endNano ? -1 : a.endNano > b.endNano ? 1 : 0))
    .flatMap(({ events }) => events);
}

/** Where a span belongs, by itself or else by what is around it. */
function placeOf(span: OtlpSpan, ancestors: readonly OtlpSpan[]) {
  const chain = [span, ...ancestors].map(({ attributes }) => attributes);
  const told = nearest(chain, findSession) ?? findText(span.resource, 'session.id');
  const agent = nearest(chain, findAgent) ?? findText(span.resource, 'service.name') ?? 'otel';
  return {
    agent: toName(agent),
    session: toName(told ?? span.traceId),
    isSessionDerived: told === null,
    user: nearest(chain, findUser) ?? findUser(span.resource),
  };
}

function callEvents(call: ChosenCall): readonly OtlpEvent[] {
  const { span, ancestors } = call;
  const place = placeOf(span, ancestors);
  const usage = toUsageInput(call, place);
  const messages = messagesOf(call, {
    agent: place.agent,
    session: place.session,
    startTs: nanoToIso(span.startNano || span.endNano),
    endTs: usage.ts,
    within: span.traceId,
  });
  return [...messages, usage].map((input) => ({ index: span.index, input }));
}

/** Of spans that wrap the same call, the innermost may not tell what was said; the next one may. */
function messagesOf({ span, ancestors }: ChosenCall, place: MessagePlace): readonly MessageInput[] {
  const messages = readMessages(span.attributes, place);
  const around = ancestors[0];
  if (messages.length > 0 || around === undefined || spanKind(around) !== 'call') return messages;
  return readMessages(around.attributes, place);
}

function toUsageInput({ span, usage }: ChosenCall, place: ReturnType<typeof placeOf>): UsageInput {
  const { attributes } = span;
  const requestedModel = findRequestedModel(attributes);
  const model = findModel(attributes) ?? requestedModel ?? 'unknown';
  const costUsd = findCost(attributes);
  const latencyMs = nanoElapsedMs(span.startNano, span.endNano);
  const ttftMs = findTtftMs(attributes);
  const { agent, session } = place;
  return {
    type: 'usage',
    id: idOf(span, usage),
    ts: nanoToIso(span.endNano || span.startNano),
    agent,
    session,
    provider: toName(findProvider(attributes, model)),
    model: toName(model),
    ...(requestedModel !== null && { requestedModel: toName(requestedModel) }),
    ...(usage ?? { inputTokens: 0, outputTokens: 0 }),
    ...(costUsd !== null && { costUsd }),
    ...(latencyMs !== null && { latencyMs }),
    ...(ttftMs !== null && { ttftMs }),
    ...outcomeOf(span),
    attributes: keepAttributes(attributes, {
      'otel.trace_id': span.traceId,
      'otel.span_id': span.spanId,
      'otel.scope': span.scope || null,
      'otel.usage': usage === null ? 'unknown' : null,
      'otel.session': place.isSessionDerived ? 'the trace' : null,
      user: place.user,
    }),
  };
}

/**
 * A span's identity is trace and span id. Where the model's own id of the answer is known, that id within
 * the trace: two instrumentations of one call, which may come in two exports, then are one. Its tokens are
 * in it because some local servers give the same few ids again and again.
 */
function idOf(span: OtlpSpan, usage: ChosenCall['usage']): string {
  const response = findText(span.attributes, 'gen_ai.response.id', 'ai.response.id');
  if (response === null || usage === null) return `otel:${span.traceId}:${span.spanId}`;
  return toName(`otel:${span.traceId}:${response}:${contextTokens(usage)}.${usage.outputTokens}`);
}

function outcomeOf({ attributes, isError, errorText }: OtlpSpan): Pick<UsageInput, 'status' | 'error'> {
  const type = findText(attributes, 'error.type');
  const httpStatus = findNumber(attributes, 'http.response.status_code', 'http.status_code');
  const isHttpError = httpStatus !== null && httpStatus >= 400;
  if (!isError && type === null && !isHttpError) return { status: 'ok' };
  const error = errorText ?? type ?? (isHttpError ? `HTTP ${httpStatus}` : null);
  return { status: 'error', ...(error !== null && { error: error }) };
}

function findTtftMs(attributes: Attributes): number | null {
  const seconds = findNumber(
    attributes,
    'gen_ai.response.time_to_first_chunk',
    'gen_ai.client.operation.time_to_first_chunk',
  );
  if (seconds !== null) return seconds * 1_000;
  return findNumber(attributes, 'ttft_ms', 'ai.response.msToFirstChunk');
}

function toolEvent(span: OtlpSpan, ancestors: readonly OtlpSpan[]): OtlpEvent {
  const { attributes } = span;
  const { agent, session } = placeOf(span, ancestors);
  const name =
    findText(attributes, 'gen_ai.tool.name', 'ai.toolCall.name', 'tool.name', 'tool_name') ?? span.name;
  const callId = findText(attributes, 'gen_ai.tool.call.id', 'ai.toolCall.id');
  const input: OperationInput = {
    type: 'operation',
    id: `otel:${span.traceId}:${span.spanId}`,
    ts: nanoToIso(span.startNano || span.endNano),
    agent,
    session,
    name: toName(name, 'tool'),
    kind: 'tool',
    durationMs: nanoElapsedMs(span.startNano, span.endNano) ?? 0,
    status: outcomeOf(span).status,
    attributes: keepAttributes(new Map(), { 'otel.trace_id': span.traceId, 'tool.call_id': callId }),
  };
  return { index: span.index, input };
}

function nearest<Value>(
  chain: readonly Attributes[],
  find: (attributes: Attributes) => Value | null,
): Value | null {
  for (const attributes of chain) {
    const found = find(attributes);
    if (found !== null) return found;
  }
  return null;
}

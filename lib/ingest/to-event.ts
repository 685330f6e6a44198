import type { DraftEvent } from '#lib/chat/draft-event.ts';
import type { MessageEvent, MessageInput } from '#lib/chat/message-event.ts';
import type { HeartbeatEvent, HeartbeatInput } from '#lib/operations/heartbeat-event.ts';
import type { OperationEvent, OperationInput } from '#lib/operations/operation-event.ts';
import { parseUsd } from '#lib/pricing/parse-usd.ts';
import { toPicoUsd } from '#lib/pricing/to-pico-usd.ts';
import { type Instant, parseInstant } from '#lib/time/parse-instant.ts';
import type { ConflictRule, UsageEvent, UsageInput } from '#lib/usage/usage-event.ts';
import { cutErrorText } from './event-text.ts';
import { canonicalJson } from './free-json.ts';
import type { ItemError } from './item-error.ts';

/** Events before 2000 come from a clock that was never set, events of the day after tomorrow from a wrong one. */
const earliestMs = Date.UTC(2000, 0, 1);
const futureMsMax = 86_400_000;

export type Decoded<Event> = { readonly event: Event } | { readonly error: ItemError };
export type ToEventContext = {
  readonly index: number;
  readonly nowMs: number;
  /** What the envelope says for all its events. */
  readonly onConflict: ConflictRule;
};

/** Makes the token buckets disjoint and fills in the defaults. */
export function toUsageEvent(input: UsageInput, context: ToEventContext): Decoded<UsageEvent> {
  const instant = readInstant(input.ts, context);
  if ('error' in instant) return instant;
  const writes = input.cacheWriteTokens ?? 0;
  const cacheReadTokens = input.cacheReadTokens ?? 0;
  const cacheWrite5mTokens = typeof writes === 'number' ? writes : (writes['5m'] ?? 0);
  const cacheWrite1hTokens = typeof writes === 'number' ? 0 : (writes['1h'] ?? 0);
  const cached = cacheReadTokens + cacheWrite5mTokens + cacheWrite1hTokens;
  const inputTokens = input.inputIncludesCache === false ? input.inputTokens : input.inputTokens - cached;
  const reasoningTokens = input.reasoningTokens ?? 0;
  const fault = findTokenFault({ input, inputTokens, cached, reasoningTokens });
  if (fault !== null) {
    const message = `Item ${context.index} (usage): ${fault.text}`;
    return { error: { code: 'tokens_inconsistent', field: fault.field, message } };
  }
  return {
    event: {
      type: 'usage',
      id: input.id,
      ts: instant.iso,
      tsMs: instant.epochMs,
      agent: input.agent,
      session: input.session ?? null,
      source: input.source ?? 'direct',
      provider: input.provider,
      model: input.model,
      requestedModel: input.requestedModel ?? null,
      inputTokens: inputTokens + 0,
      cacheReadTokens,
      cacheWrite5mTokens,
      cacheWrite1hTokens,
      outputTokens: input.outputTokens,
      reasoningTokens,
      reportedCostPicoUsd: toCost(input.costUsd),
      latencyMs: toMs(input.latencyMs),
      ttftMs: toMs(input.ttftMs),
      status: input.status ?? 'ok',
      error: input.error == null ? null : cutErrorText(input.error),
      requestBytes: input.requestBytes ?? null,
      responseBytes: input.responseBytes ?? null,
      holdId: input.holdId ?? null,
      attributes: input.attributes == null ? null : canonicalJson(input.attributes),
      onConflict: input.onConflict ?? context.onConflict,
    },
  };
}

type TokenFault = { readonly field: string; readonly text: string };

function findTokenFault(tokens: {
  readonly input: UsageInput;
  readonly inputTokens: number;
  readonly cached: number;
  readonly reasoningTokens: number;
}): TokenFault | null {
  const { input, inputTokens, cached, reasoningTokens } = tokens;
  if (inputTokens < 0) {
    const text = `\`inputTokens\` is ${input.inputTokens}, less than the ${cached} cache tokens that it should include. Send \`inputIncludesCache: false\` when it does not.`;
    return { field: 'inputTokens', text };
  }
  if (reasoningTokens > input.outputTokens) {
    const text = `\`reasoningTokens\` is ${reasoningTokens}, more than the ${input.outputTokens} of \`outputTokens\`, which should include them.`;
    return { field: 'reasoningTokens', text };
  }
  return null;
}

export function toMessageEvent(
  input: MessageInput,
  context: ToEventContext,
): Decoded<MessageEvent | DraftEvent> {
  const instant = readInstant(input.ts, context);
  if ('error' in instant) return instant;
  const role = input.role === 'developer' ? 'system' : input.role;
  const said = {
    id: input.id,
    ts: instant.iso,
    tsMs: instant.epochMs,
    agent: input.agent,
    session: input.session,
    role,
    kind: input.kind ?? (role === 'tool' ? 'tool_result' : 'text'),
    content: input.content,
    toolName: input.toolName ?? null,
  } as const;
  if (input.partial) return { event: { type: 'draft', ...said } };
  return {
    event: {
      type: 'message',
      ...said,
      toolCallId: input.toolCallId ?? null,
      tokens: input.tokens ?? null,
      ...(input.bytes != null && { bytes: input.bytes }),
    },
  };
}

export function toOperationEvent(input: OperationInput, context: ToEventContext): Decoded<OperationEvent> {
  const instant = readInstant(input.ts, context);
  if ('error' in instant) return instant;
  return {
    event: {
      type: 'operation',
      id: input.id,
      ts: instant.iso,
      tsMs: instant.epochMs,
      agent: input.agent,
      session: input.session ?? null,
      name: input.name,
      kind: input.kind,
      durationMs: Math.round(input.durationMs),
      status: input.status ?? 'ok',
      bytesBefore: input.bytesBefore ?? null,
      bytesAfter: input.bytesAfter ?? null,
      tokensBefore: input.tokensBefore ?? null,
      tokensAfter: input.tokensAfter ?? null,
      attributes: input.attributes == null ? null : canonicalJson(input.attributes),
    },
  };
}

export function toHeartbeatEvent(input: HeartbeatInput, context: ToEventContext): Decoded<HeartbeatEvent> {
  const instant = readInstant(input.ts, context);
  if ('error' in instant) return instant;
  return {
    event: {
      type: 'heartbeat',
      id: input.id,
      ts: instant.iso,
      tsMs: instant.epochMs,
      agent: input.agent,
      gauges: input.gauges == null ? null : canonicalJson(input.gauges),
    },
  };
}

function readInstant(ts: string, { index, nowMs }: ToEventContext): Instant | { readonly error: ItemError } {
  const instant = parseInstant(ts, { earliestMs, latestMs: nowMs + futureMsMax });
  if (instant !== null) return instant;
  const message = `Item ${index}: \`ts\` must be between 2000-01-01 and one day from now (${new Date(nowMs).toISOString()}), but is ${ts}.`;
  return { error: { code: 'ts_out_of_range', field: 'ts', message } };
}

function toCost(costUsd: string | number | null | undefined): bigint | null {
  if (costUsd == null) return null;
  return typeof costUsd === 'string' ? parseUsd(costUsd) : toPicoUsd(costUsd);
}

function toMs(milliseconds: number | null | undefined): number | null {
  return milliseconds == null ? null : Math.round(milliseconds);
}

/** What `POST /api/ingest` takes, as far as the toolkit sends it. Field by field in the app's OpenAPI document. */
export type AgentEvent = UsageEvent | MessageEvent | OperationEvent | HeartbeatEvent;

export type EventStatus = 'ok' | 'error' | 'aborted';

export type EventValue = string | number | boolean | null | readonly EventValue[] | EventAttributes;
export type EventAttributes = { readonly [name: string]: EventValue };

type EventBase = {
  /** Chosen once: a retry with the same id is counted once. */
  readonly id: string;
  /** RFC 3339 with an offset. */
  readonly ts: string;
  readonly agent: string;
};

export type UsageEvent = EventBase & {
  readonly type: 'usage';
  readonly session?: string;
  readonly source?: 'direct' | 'heartbeat' | 'cron' | 'subagent' | 'batch';
  readonly provider: string;
  readonly model: string;
  readonly requestedModel?: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number | { readonly '5m'?: number; readonly '1h'?: number };
  readonly reasoningTokens?: number;
  /** True (default) when `inputTokens` counts cached tokens too, as OpenAI does; false for Anthropic. */
  readonly inputIncludesCache?: boolean;
  readonly costUsd?: string | number;
  readonly latencyMs?: number;
  readonly ttftMs?: number;
  readonly status?: EventStatus;
  readonly error?: string;
  readonly requestBytes?: number;
  readonly responseBytes?: number;
  readonly holdId?: string;
  readonly attributes?: EventAttributes;
};

export type MessageEvent = EventBase & {
  readonly type: 'message';
  readonly session: string;
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly kind?: 'text' | 'thinking' | 'tool_call' | 'tool_result' | 'summary';
  readonly content: string;
  readonly toolName?: string;
  readonly toolCallId?: string;
  readonly tokens?: number;
};

export type OperationKind = 'tool' | 'prune' | 'compact' | 'queue' | 'semaphore' | 'request' | 'other';

export type OperationEvent = EventBase & {
  readonly type: 'operation';
  readonly session?: string;
  readonly name: string;
  readonly kind: OperationKind;
  readonly durationMs: number;
  readonly status?: EventStatus;
  readonly bytesBefore?: number;
  readonly bytesAfter?: number;
  readonly tokensBefore?: number;
  readonly tokensAfter?: number;
  readonly attributes?: EventAttributes;
};

export type HeartbeatEvent = EventBase & {
  readonly type: 'heartbeat';
  readonly gauges?: Readonly<Record<string, number>>;
};

/** An operation before it has an id, a time and an agent. */
export type OperationNote = Omit<OperationEvent, 'type' | 'id' | 'ts' | 'agent'>;

/** Where parts report what they did. Must not throw; the toolkit's own never does. */
export type OperationSink = (note: OperationNote) => void;

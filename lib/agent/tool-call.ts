/** A call as the model made it. */
export type ToolCall = {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
};

export type ToolContext = {
  readonly signal: AbortSignal;
  readonly session: string | undefined;
  readonly callId: string;
};

/** A tool and how far it may be let loose. */
export type ToolDefinition = {
  readonly run: (input: unknown, context: ToolContext) => Promise<unknown> | unknown;
  /** It changes nothing: it may run beside any other safe call. Default false. */
  readonly safe?: boolean | undefined;
  /** What a call touches, like file paths. Calls without a common one run at once. Unset: it touches everything. */
  readonly resources?: ((input: unknown) => readonly string[]) | undefined;
  /** Default: the runner's `timeoutMs`. */
  readonly timeoutMs?: number | undefined;
  /** Calls a minute. Default: no limit. */
  readonly callsPerMinute?: number | undefined;
  /** How long the result of a safe call is given again for the same input. Default 0: never. */
  readonly cacheMs?: number | undefined;
};

export type ToolStatus = 'ok' | 'error' | 'timeout' | 'denied' | 'limited' | 'aborted' | 'unknown';

export type ToolResult = {
  readonly callId: string;
  readonly name: string;
  readonly status: ToolStatus;
  /** For the model: the result, shortened where it is too long, or what went wrong. */
  readonly content: string;
  readonly durationMs: number;
  readonly fromCache: boolean;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
};

export type PostMortemCause = 'overflow' | 'errors' | 'silence';

export type CallStep = {
  readonly ts: string;
  readonly contextTokens: number;
  /** Against the call before; null for the first known one. */
  readonly growthTokens: number | null;
  readonly status: 'ok' | 'error' | 'aborted';
  readonly error: string | null;
};

/** Why a session stopped, as far as its calls and messages tell; `cause` null while it looks well. */
export type PostMortem = {
  readonly cause: PostMortemCause | null;
  readonly steps: readonly CallStep[];
  readonly culprit: {
    readonly seq: number;
    readonly toolName: string | null;
    readonly bytes: number;
    readonly tokens: number;
    readonly rereads: number;
  } | null;
  /** The rule that would have helped most, by its name in the what-if. */
  readonly rule: 'resultBytesMax' | 'historyBytesMax' | null;
};

type Evidence = {
  /** The last calls, the oldest first. */
  readonly calls: readonly Omit<CallStep, 'growthTokens'>[];
  readonly modelWindow: number | null;
  readonly contextHighWater: number;
  readonly culprits: readonly NonNullable<PostMortem['culprit']>[];
  readonly lastActivityMs: number;
  /** The last message is one that waits for an answer. */
  readonly isUnanswered: boolean;
  readonly nowMs: number;
};

const stepsShown = 5;
const overflowShare = 0.95;
const stormErrors = 3;
const silenceMs = 3_600_000;
const heavyBytes = 10_240;

/** Overflow first, because an overflowing session also fails and falls silent. */
export function findCause(evidence: Evidence): PostMortem {
  const { calls, culprits } = evidence;
  const steps = calls.map((call, index) => {
    const before = calls[index - 1];
    return { ...call, growthTokens: before === undefined ? null : call.contextTokens - before.contextTokens };
  });
  const [culprit = null] = culprits;
  const cause = causeOf(evidence);
  const isHeavy = culprit !== null && culprit.bytes > heavyBytes;
  const helpful = isHeavy ? 'resultBytesMax' : 'historyBytesMax';
  return { cause, steps: steps.slice(-stepsShown), culprit, rule: cause === 'overflow' ? helpful : null };
}

function causeOf(evidence: Evidence): PostMortemCause | null {
  const { calls, modelWindow, contextHighWater, lastActivityMs, isUnanswered, nowMs } = evidence;
  if (modelWindow !== null && modelWindow > 0 && contextHighWater >= modelWindow * overflowShare)
    return 'overflow';
  const lastCalls = calls.slice(-stepsShown);
  if (lastCalls.some(({ error }) => error !== null && saysOverflow(error))) return 'overflow';
  if (lastCalls.filter(({ status }) => status === 'error').length >= stormErrors) return 'errors';
  return isUnanswered && nowMs - lastActivityMs > silenceMs ? 'silence' : null;
}

function saysOverflow(error: string): boolean {
  return /context.{0,20}(length|window)|too (long|many tokens)|maximum.{0,20}tokens|prompt is too long/i.test(
    error,
  );
}

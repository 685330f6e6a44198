import type { SessionCall } from '../session-call.ts';

/** A call for tests; what a test is about is given, the rest is filled in. */
export function sessionCall(call: Partial<SessionCall> & { readonly tsMs: number }): SessionCall {
  return {
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    source: 'direct',
    status: 'ok',
    error: null,
    inputTokens: 0,
    cacheReadTokens: 0,
    cacheWrite5mTokens: 0,
    cacheWrite1hTokens: 0,
    costPicoUsd: 0n,
    ...call,
  };
}

/** One call a minute with these contexts, all of fresh input. */
export function callsOf(...contexts: readonly number[]): readonly SessionCall[] {
  return contexts.map((inputTokens, index) => sessionCall({ tsMs: index * 60_000, inputTokens }));
}

import { randomUUID } from 'node:crypto';

type UsageCall = {
  readonly agent: string;
  /** Default none. */
  readonly session?: string;
  readonly inputTokens?: number;
  readonly model?: string;
  readonly minutesAgo?: number;
  readonly status?: 'ok' | 'error';
};

/** One model call as an agent posts it, with an id of its own. */
export function usageCall({
  agent,
  session,
  inputTokens = 12_000,
  model = 'claude-sonnet-4-5',
  minutesAgo = 0,
  status = 'ok',
}: UsageCall) {
  return {
    type: 'usage',
    id: randomUUID(),
    ts: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
    agent,
    ...(session !== undefined && { session }),
    status,
    provider: 'anthropic',
    model,
    inputTokens,
    outputTokens: 350,
    latencyMs: 2_300,
  };
}

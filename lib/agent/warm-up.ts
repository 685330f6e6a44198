import { type AgentClock, systemClock } from './agent-clock.ts';
import { resolveOptions } from './resolve-options.ts';
import { untilAborted } from './until-aborted.ts';

const bounds = {
  timeoutMs: { default: 3_000, min: 1, max: 60_000, unit: 'ms' },
} as const;

export type WarmUpTarget =
  | string
  | { readonly name: string; readonly open: (signal: AbortSignal) => Promise<unknown> };

export type WarmUpReport = {
  readonly name: string;
  readonly ok: boolean;
  readonly durationMs: number;
  readonly failure: string | null;
};

/**
 * Opens connections before the first call needs them: name look-up, TCP and TLS are then done. An address is
 * asked with HEAD, and any answer will do; for others give `open`, like a database's ping. Never throws.
 */
export async function warmUp(
  targets: readonly WarmUpTarget[],
  options: {
    readonly timeoutMs?: number | undefined;
    readonly fetch?: typeof fetch | undefined;
    readonly clock?: AgentClock | undefined;
  } = {},
): Promise<readonly WarmUpReport[]> {
  const { timeoutMs } = resolveOptions('warmUp', bounds, options);
  const clock = options.clock ?? systemClock;
  const ask = options.fetch ?? fetch;
  return Promise.all(
    targets.map(async (target) => {
      const name = typeof target === 'string' ? target : target.name;
      const startedMs = clock.elapsed();
      const late = new AbortController();
      const cancel = clock.after(timeoutMs, () => late.abort(new Error(`not open after ${timeoutMs} ms`)));
      try {
        const opening =
          typeof target === 'string'
            ? openAddress(ask, { url: target, signal: late.signal })
            : target.open(late.signal);
        await untilAborted(opening, late.signal);
        return { name, ok: true, durationMs: clock.elapsed() - startedMs, failure: null };
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error);
        return { name, ok: false, durationMs: clock.elapsed() - startedMs, failure };
      } finally {
        cancel();
      }
    }),
  );
}

async function openAddress(
  ask: typeof fetch,
  { url, signal }: { readonly url: string; readonly signal: AbortSignal },
): Promise<void> {
  const response = await ask(url, { method: 'HEAD', signal });
  // An unread body would keep the connection from the pool.
  await response.body?.cancel();
}

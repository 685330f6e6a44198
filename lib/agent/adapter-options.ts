import type { PruneContextOptions } from './prune-context.ts';

/** How one wrapped client or model works. */
export type AdapterOptions = {
  /** Its calls' session: fixed, or read from each call's parameters. Default: that of `createPlimsoll`. */
  readonly session?: string | ((params: Readonly<Record<string, unknown>>) => string | undefined) | undefined;
  /** As the app's price list names it. Default: `openai`, `anthropic`, or what the model says. */
  readonly provider?: string | undefined;
  /** Also sends only what `pruneContext` keeps. Default: the session's limits alone. */
  readonly context?: PruneContextOptions | undefined;
};

/** What a call may answer when its parameters do not say. */
export const maxOutputTokensDefault = 4_096;

export function sessionOf(
  options: AdapterOptions,
  params: Readonly<Record<string, unknown>>,
  fallback: string | undefined,
): string | undefined {
  const { session } = options;
  return (typeof session === 'function' ? session(params) : session) ?? fallback;
}

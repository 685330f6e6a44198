import type { AgentClock } from './agent-clock.ts';
import { BoundedMap } from './bounded-map.ts';
import { callSignature } from './call-input.ts';
import { contentHandle } from './content-handle.ts';
import { RateLimit } from './rate-limit.ts';
import type { ToolCall, ToolDefinition, ToolStatus } from './tool-call.ts';
import { untilAborted } from './until-aborted.ts';

export type ToolOutcome = { readonly status: ToolStatus; readonly text: string; readonly fromCache?: true };

type ToolCallerOptions = {
  readonly tools: Readonly<Record<string, ToolDefinition>>;
  readonly approve: ((call: ToolCall) => Promise<boolean> | boolean) | undefined;
  readonly bounds: { readonly timeoutMs: number; readonly limitWaitMs: number; readonly cacheMax: number };
  readonly clock: AgentClock;
};

/** Makes one call of a tool: approval, cache, rate limit, deadline. */
export class ToolCaller {
  readonly #options: ToolCallerOptions;
  readonly #limits = new Map<string, RateLimit>();
  readonly #cache: BoundedMap<string, { readonly text: string; readonly expiresMs: number }>;

  constructor(options: ToolCallerOptions) {
    this.#options = options;
    const { tools, bounds, clock } = options;
    this.#cache = new BoundedMap({ sizeMax: bounds.cacheMax, clock });
    for (const [name, { callsPerMinute }] of Object.entries(tools)) {
      if (callsPerMinute === undefined) continue;
      this.#limits.set(name, new RateLimit({ callsPerMinute, nowMs: clock.elapsed() }));
    }
  }

  toolOf(call: ToolCall): ToolDefinition | undefined {
    return Object.hasOwn(this.#options.tools, call.name) ? this.#options.tools[call.name] : undefined;
  }

  /** Never throws: what goes wrong is an outcome. */
  async call(
    call: ToolCall,
    { signal, session }: { readonly signal: AbortSignal; readonly session: string | undefined },
  ): Promise<ToolOutcome> {
    const tool = this.toolOf(call);
    if (tool === undefined)
      return { status: 'unknown', text: `There is no tool named ${call.name.slice(0, 200)}.` };
    const timeoutMs = tool.timeoutMs ?? this.#options.bounds.timeoutMs;
    const late = new AbortController();
    let cancel = () => {};
    try {
      signal.throwIfAborted();
      const { approve } = this.#options;
      if (approve !== undefined && !(await untilAborted(Promise.resolve(approve(call)), signal))) {
        return { status: 'denied', text: `The call of ${call.name} was not approved.` };
      }
      const cacheKey = cacheKeyOf(call, { tool, session });
      const cached = cacheKey === null ? undefined : this.#cache.get(cacheKey);
      if (cached !== undefined && cached.expiresMs > this.#options.clock.now()) {
        return { status: 'ok', text: cached.text, fromCache: true };
      }
      const limited = await this.#limitOf(call, signal);
      if (limited !== null) return limited;
      cancel = this.#options.clock.after(timeoutMs, () =>
        late.abort(new Error(`no result after ${timeoutMs} ms`)),
      );
      const either = AbortSignal.any([signal, late.signal]);
      const work = Promise.resolve().then(() =>
        tool.run(call.input, { signal: either, session, callId: call.id }),
      );
      const text = toText(await untilAborted(work, either));
      if (cacheKey !== null) {
        this.#cache.set(cacheKey, { text, expiresMs: this.#options.clock.now() + (tool.cacheMs ?? 0) });
      }
      return { status: 'ok', text };
    } catch (error) {
      const status = late.signal.aborted ? 'timeout' : signal.aborted ? 'aborted' : 'error';
      return {
        status,
        text: `${call.name} failed (${status}): ${error instanceof Error ? error.message : String(error)}`,
      };
    } finally {
      cancel();
    }
  }

  async #limitOf(call: ToolCall, signal: AbortSignal): Promise<ToolOutcome | null> {
    const limit = this.#limits.get(call.name);
    if (limit === undefined) return null;
    let waitedMs = 0;
    for (
      let waitMs = limit.take(this.#options.clock.elapsed());
      waitMs > 0;
      waitMs = limit.take(this.#options.clock.elapsed())
    ) {
      waitedMs += waitMs;
      if (waitedMs > this.#options.bounds.limitWaitMs) {
        return {
          status: 'limited',
          text: `${call.name} is called too often: try again in ${Math.ceil(waitMs / 1_000)} s.`,
        };
      }
      await this.#pause(waitMs, signal);
    }
    return null;
  }

  async #pause(waitMs: number, signal: AbortSignal): Promise<void> {
    let cancel = () => {};
    const passed = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(waitMs, resolve);
    });
    await untilAborted(passed, signal).finally(() => cancel());
  }

  close(): void {
    this.#cache.close();
  }
}

/** Null where nothing is kept. A tool is told the session, and may answer each another thing. */
function cacheKeyOf(
  call: ToolCall,
  { tool, session }: { readonly tool: ToolDefinition; readonly session: string | undefined },
): string | null {
  if (tool.safe !== true || (tool.cacheMs ?? 0) <= 0) return null;
  return contentHandle(`${session ?? ''}\n${callSignature(call)}`);
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

import { type AgentClock, systemClock } from './agent-clock.ts';
import type { OperationSink } from './agent-event.ts';
import { actionOf } from './call-input.ts';
import { planCalls } from './plan-calls.ts';
import { type PruneResponseOptions, pruneResponse } from './prune-response.ts';
import { prunedNote } from './pruned-note.ts';
import { type NumericOptions, type ResolvedOptions, resolveOptions } from './resolve-options.ts';
import { RunGate } from './run-gate.ts';
import { tellHost } from './tell-host.ts';
import type { ToolCall, ToolDefinition, ToolResult, ToolStatus } from './tool-call.ts';
import { ToolCaller, type ToolOutcome } from './tool-caller.ts';

export const toolRunnerBounds = {
  parallelMax: { default: 8, min: 1, max: 1_000, unit: 'calls at once' },
  timeoutMs: { default: 60_000, min: 1, max: 86_400_000, unit: 'ms' },
  /** How long a call waits for its rate limit before it is answered as limited. */
  limitWaitMs: { default: 5_000, min: 0, max: 3_600_000, unit: 'ms' },
  cacheMax: { default: 200, min: 1, max: 100_000, unit: 'results' },
} as const;

export type ToolRunnerOptions = NumericOptions<typeof toolRunnerBounds> & {
  readonly tools: Readonly<Record<string, ToolDefinition>>;
  /** Asked before each call; false refuses it. What it throws refuses too. */
  readonly approve?: ((call: ToolCall) => Promise<boolean> | boolean) | undefined;
  /** How results are shortened; false leaves them whole. */
  readonly prune?: Omit<PruneResponseOptions, 'toolName' | 'action'> | false | undefined;
  /** Called after each result, to trim the history while others still run. */
  readonly afterEach?: ((result: ToolResult) => void) | undefined;
  readonly onOperation?: OperationSink | undefined;
  readonly clock?: AgentClock | undefined;
};

export type ToolRunnerReport = {
  readonly calls: number;
  readonly cached: number;
  readonly byStatus: Readonly<Partial<Record<ToolStatus, number>>>;
};

/**
 * Runs the tool calls of one answer: at once where they are safe or touch nothing in common, in order
 * otherwise. Results come in the order of the calls, and a failure is a result, never a throw.
 */
export class ToolRunner {
  readonly #bounds: ResolvedOptions<typeof toolRunnerBounds>;
  readonly #options: ToolRunnerOptions;
  readonly #clock: AgentClock;
  readonly #caller: ToolCaller;
  readonly #closing = new AbortController();
  readonly #byStatus: Partial<Record<ToolStatus, number>> = {};
  #calls = 0;
  #cached = 0;

  /** @throws RangeError for an option out of bounds. */
  constructor(options: ToolRunnerOptions) {
    this.#bounds = resolveOptions('ToolRunner', toolRunnerBounds, options);
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#caller = new ToolCaller({
      tools: options.tools,
      approve: options.approve,
      bounds: this.#bounds,
      clock: this.#clock,
    });
  }

  /** Results in the order of the calls. */
  async runAll(
    calls: readonly ToolCall[],
    options: { readonly session?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<readonly ToolResult[]> {
    const signals = [this.#closing.signal, ...(options.signal === undefined ? [] : [options.signal])];
    const signal = AbortSignal.any(signals);
    const waits = planCalls(calls.map((call) => this.#reachOf(call)));
    const gate = new RunGate(this.#bounds.parallelMax);
    const running: Promise<ToolResult>[] = [];
    for (const [index, call] of calls.entries()) {
      const before = (waits[index] ?? []).map((earlier) => running[earlier]);
      running.push(
        Promise.all(before).then(() =>
          gate.run(() => this.#runOne(call, { signal, session: options.session })),
        ),
      );
    }
    return Promise.all(running);
  }

  report(): ToolRunnerReport {
    return { calls: this.#calls, cached: this.#cached, byStatus: { ...this.#byStatus } };
  }

  /** Aborts what runs; later calls are answered as aborted. */
  close(): void {
    this.#closing.abort(new Error('The tool runner was closed.'));
    this.#caller.close();
  }

  #reachOf(call: ToolCall) {
    const tool = this.#caller.toolOf(call);
    if (tool === undefined) return { safe: true, resources: [] };
    try {
      return { safe: tool.safe === true, resources: tool.resources?.(call.input) ?? null };
    } catch {
      // Input that the host cannot read: it is taken to touch everything.
      return { safe: tool.safe === true, resources: null };
    }
  }

  async #runOne(
    call: ToolCall,
    context: { readonly signal: AbortSignal; readonly session: string | undefined },
  ): Promise<ToolResult> {
    const startedMs = this.#clock.elapsed();
    const outcome = await this.#caller.call(call, context);
    const durationMs = this.#clock.elapsed() - startedMs;
    const result = this.#finish(call, { outcome, durationMs, fromCache: outcome.fromCache === true });
    this.#tell(result, context.session);
    return result;
  }

  #finish(
    call: ToolCall,
    made: { readonly outcome: ToolOutcome; readonly durationMs: number; readonly fromCache: boolean },
  ): ToolResult {
    const { status, text } = made.outcome;
    const { prune } = this.#options;
    const bytes = Buffer.byteLength(text);
    const pruned =
      prune === false ? null : pruneResponse(text, { ...prune, toolName: call.name, action: actionOf(call) });
    if (pruned?.report.changed) tellHost(this.#options.onOperation, prunedNote(pruned.report));
    return {
      callId: call.id,
      name: call.name,
      status,
      content: pruned?.content ?? text,
      durationMs: made.durationMs,
      fromCache: made.fromCache,
      bytesBefore: bytes,
      bytesAfter: pruned?.report.bytesAfter ?? bytes,
    };
  }

  #tell(result: ToolResult, session: string | undefined): void {
    this.#calls++;
    if (result.fromCache) this.#cached++;
    this.#byStatus[result.status] = (this.#byStatus[result.status] ?? 0) + 1;
    tellHost(this.#options.onOperation, {
      name: result.name.slice(0, 60) || 'unnamed',
      kind: 'tool',
      durationMs: result.durationMs,
      status: result.status === 'ok' ? 'ok' : result.status === 'aborted' ? 'aborted' : 'error',
      bytesBefore: result.bytesBefore,
      bytesAfter: result.bytesAfter,
      ...(session === undefined ? {} : { session }),
      attributes: { outcome: result.status, fromCache: result.fromCache },
    });
    tellHost(this.#options.afterEach, result);
  }
}

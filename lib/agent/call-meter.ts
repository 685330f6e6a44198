import type { AgentClock } from './agent-clock.ts';
import type { EventStatus } from './agent-event.ts';
import type { BudgetHold } from './budget-call.ts';
import type { BudgetGuard } from './budget-guard.ts';
import type { TokenEstimate } from './token-estimate.ts';
import type { TrackedEvent } from './usage-client-options.ts';
import { UsageTally } from './usage-tally.ts';

/** A model call as an adapter is about to make it. */
export type MeteredPlan = {
  readonly provider: string;
  readonly model: string;
  readonly session: string | undefined;
  /** Estimated, before the factor of `TokenEstimate`. */
  readonly inputTokens: number;
  readonly maxOutputTokens: number;
};

type MeterOptions = {
  readonly track: (event: TrackedEvent) => unknown;
  readonly budget: BudgetGuard | null;
  readonly estimate: TokenEstimate;
  readonly clock: AgentClock;
};

/** Holds a call, times it, and sends what it used: what all adapters share. */
export class CallMeter {
  readonly #options: MeterOptions;

  constructor(options: MeterOptions) {
    this.#options = options;
  }

  /** @throws BudgetExceeded, BudgetUnavailable: then the call must not be made. */
  async begin(plan: MeteredPlan): Promise<OpenCall> {
    const { budget, estimate } = this.#options;
    const inputTokens = Math.ceil(plan.inputTokens * estimate.factor);
    const { provider, model, session, maxOutputTokens } = plan;
    const hold =
      budget === null ? null : await budget.hold({ provider, model, session, inputTokens, maxOutputTokens });
    return new OpenCall(plan, hold, this.#options);
  }

  /** The same for a place that cannot wait: nothing is held. */
  beginNow(plan: MeteredPlan): OpenCall {
    return new OpenCall(plan, null, this.#options);
  }
}

/** A call under way. Ends once, well or not. */
export class OpenCall {
  readonly tally = new UsageTally();
  readonly #plan: MeteredPlan;
  readonly #hold: BudgetHold | null;
  readonly #options: MeterOptions;
  readonly #startedMs: number;
  #firstMs: number | null = null;
  #isOver = false;

  constructor(plan: MeteredPlan, hold: BudgetHold | null, options: MeterOptions) {
    this.#plan = plan;
    this.#hold = hold;
    this.#options = options;
    this.#startedMs = options.clock.elapsed();
  }

  /** A piece of the answer, or all of it. */
  see(piece: unknown): void {
    this.#firstMs ??= this.#options.clock.elapsed() - this.#startedMs;
    this.tally.see(piece);
  }

  /** The answer is complete, or nobody reads on (`aborted`). */
  async end(status: EventStatus = 'ok', isStream = false, error: string | null = null): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    const told = this.tally.usage();
    const failure = error ?? this.tally.failure;
    const usage = told ?? {
      inputTokens: this.#plan.inputTokens,
      outputTokens: Math.ceil(this.tally.chars / 4),
      cacheReadTokens: 0,
      cacheWrite5mTokens: 0,
      cacheWrite1hTokens: 0,
      reasoningTokens: 0,
    };
    const { cacheWrite5mTokens, cacheWrite1hTokens, ...counts } = usage;
    if (told !== null) {
      const reported = told.inputTokens + told.cacheReadTokens + cacheWrite5mTokens + cacheWrite1hTokens;
      this.#options.estimate.learn({ estimated: this.#plan.inputTokens, reported });
    }
    this.#track(status === 'ok' && failure !== null ? 'error' : status, {
      ...counts,
      ...(failure === null ? {} : { error: failure.slice(0, 2_000) }),
      cacheWriteTokens: { '5m': cacheWrite5mTokens, '1h': cacheWrite1hTokens },
      ...(isStream && this.#firstMs !== null ? { ttftMs: this.#firstMs } : {}),
      ...(told === null ? { attributes: { estimated: true } } : {}),
    });
    const model = this.tally.model ?? undefined;
    const cacheWriteTokens = cacheWrite5mTokens + cacheWrite1hTokens;
    const { inputTokens, outputTokens, cacheReadTokens } = usage;
    await this.#hold?.settle({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, model });
  }

  /** The call threw: its hold is given back, and the failure counts. */
  async fail(error: unknown): Promise<void> {
    if (this.#isOver) return;
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const status = isAbort(error) ? 'aborted' : 'error';
    // What came before a stream broke was paid for: its text, or the input that Anthropic tells first.
    if (this.tally.chars > 0 || this.tally.usage() !== null) return this.end(status, true, text);
    this.#isOver = true;
    this.#track(status, {
      inputTokens: 0,
      outputTokens: 0,
      error: text.slice(0, 2_000),
    });
    await this.#hold?.release();
  }

  #track(
    status: EventStatus,
    used: Omit<Extract<TrackedEvent, { type: 'usage' }>, 'type' | 'provider' | 'model'>,
  ): void {
    const { provider, model, session } = this.#plan;
    const answered = this.tally.model ?? model;
    this.#options.track({
      type: 'usage',
      provider,
      model: answered,
      ...(answered === model ? {} : { requestedModel: model }),
      ...(session === undefined ? {} : { session }),
      ...used,
      inputIncludesCache: false,
      latencyMs: Math.round(this.#options.clock.elapsed() - this.#startedMs),
      status,
      ...(this.#hold?.isReserved ? { holdId: this.#hold.id } : {}),
    });
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'APIUserAbortError');
}

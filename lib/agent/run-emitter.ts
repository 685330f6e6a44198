import { type AgentClock, systemClock } from './agent-clock.ts';
import { type NumericOptions, type ResolvedOptions, resolveOptions } from './resolve-options.ts';
import { tellHost } from './tell-host.ts';

export const runEmitterBounds = {
  runsMax: { default: 10_000, min: 1, max: 1_000_000, unit: 'runs' },
  listenersMax: { default: 100, min: 1, max: 10_000, unit: 'listeners of a run' },
  /** A run without any event for so long is taken for crashed: its listeners go. */
  idleMs: { default: 600_000, min: 1_000, max: 86_400_000, unit: 'ms' },
  sweepMs: { default: 300_000, min: 1_000, max: 86_400_000, unit: 'ms' },
} as const;

export type RunEmitterOptions = NumericOptions<typeof runEmitterBounds> & {
  /** Is told what a listener threw: it does not reach the run. */
  readonly onListenerError?: ((error: unknown, runId: string) => void) | undefined;
  readonly clock?: AgentClock | undefined;
};

export type RunEmitterReport = {
  readonly runs: number;
  readonly listeners: number;
  /** Runs whose listeners were removed because nothing came any more, or because there were too many. */
  readonly abandoned: number;
  readonly refused: number;
  readonly failures: number;
};

type Run<E> = { readonly listeners: Set<(event: E) => void>; activeMs: number };

/** Events of runs. Listeners live as long as their run, at most until it has been silent for ten minutes. */
export class RunEmitter<E = unknown> {
  readonly #bounds: ResolvedOptions<typeof runEmitterBounds>;
  readonly #options: RunEmitterOptions;
  readonly #clock: AgentClock;
  /** Ordered by activity, the longest silent first. */
  readonly #runs = new Map<string, Run<E>>();
  readonly #stopSweep: () => void;
  #abandoned = 0;
  #refused = 0;
  #failures = 0;

  /** @throws RangeError for an option out of bounds. */
  constructor(options: RunEmitterOptions = {}) {
    this.#bounds = resolveOptions('RunEmitter', runEmitterBounds, options);
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#stopSweep = this.#clock.every(this.#bounds.sweepMs, () => this.#sweep());
  }

  /** Listens to one run. The answer stops listening. One listener too many is refused and counted. */
  on(runId: string, listener: (event: E) => void): () => void {
    const run = this.#touch(runId) ?? this.#begin(runId);
    if (run.listeners.size >= this.#bounds.listenersMax && !run.listeners.has(listener)) {
      this.#refused++;
      return () => {};
    }
    run.listeners.add(listener);
    return () => {
      run.listeners.delete(listener);
      if (run.listeners.size === 0 && this.#runs.get(runId) === run) this.#runs.delete(runId);
    };
  }

  /** Gives an event to the run's listeners. @returns how many there are. */
  emit(runId: string, event: E): number {
    const run = this.#touch(runId);
    if (run === undefined) return 0;
    for (const listener of [...run.listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#failures++;
        tellHost(this.#options.onListenerError, error, runId);
      }
    }
    return run.listeners.size;
  }

  /** The run is over, well or not: its listeners go. */
  end(runId: string): void {
    this.#runs.delete(runId);
  }

  report(): RunEmitterReport {
    let listeners = 0;
    for (const run of this.#runs.values()) listeners += run.listeners.size;
    const { size: runs } = this.#runs;
    return { runs, listeners, abandoned: this.#abandoned, refused: this.#refused, failures: this.#failures };
  }

  close(): void {
    this.#stopSweep();
    this.#runs.clear();
  }

  #touch(runId: string): Run<E> | undefined {
    const run = this.#runs.get(runId);
    if (run === undefined) return undefined;
    run.activeMs = this.#clock.now();
    this.#runs.delete(runId);
    this.#runs.set(runId, run);
    return run;
  }

  #begin(runId: string): Run<E> {
    if (this.#runs.size >= this.#bounds.runsMax) {
      for (const longestSilent of this.#runs.keys()) {
        this.#runs.delete(longestSilent);
        this.#abandoned++;
        break;
      }
    }
    const run: Run<E> = { listeners: new Set(), activeMs: this.#clock.now() };
    this.#runs.set(runId, run);
    return run;
  }

  #sweep(): void {
    const nowMs = this.#clock.now();
    for (const [runId, run] of this.#runs) {
      if (nowMs - run.activeMs < this.#bounds.idleMs) return;
      this.#runs.delete(runId);
      this.#abandoned++;
    }
  }
}

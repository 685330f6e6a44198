import { type AgentClock, systemClock } from './agent-clock.ts';
import { type NumericOptions, resolveOptions } from './resolve-options.ts';
import type { TrackedEvent } from './usage-client-options.ts';

export const heartbeatBounds = {
  intervalMs: { default: 30_000, min: 1_000, max: 3_600_000, unit: 'ms' },
} as const;

export type HeartbeatOptions = NumericOptions<typeof heartbeatBounds> & {
  readonly track: (event: TrackedEvent) => unknown;
  readonly agent?: string | undefined;
  /** More gauges, read at each beat: at most 90 are sent. What it throws is left out. */
  readonly gauges?: (() => Readonly<Record<string, number>>) | undefined;
  /** Reports uncaught exceptions and unhandled rejections before the process ends as it would (default true). */
  readonly guardProcess?: boolean | undefined;
  readonly clock?: AgentClock | undefined;
};

/** Says "I am alive" at an interval, the first time at once, with what the process weighs. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #clock: AgentClock;
  readonly #stop: () => void;
  #beats = 0;
  #faults = 0;

  /** @throws RangeError for an option out of bounds. */
  constructor(options: HeartbeatOptions) {
    const { intervalMs } = resolveOptions('Heartbeat', heartbeatBounds, options);
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#stop = this.#clock.every(intervalMs, () => this.#beat());
    // A monitor, not a handler: the process ends just as it would without it.
    if (options.guardProcess !== false) process.on('uncaughtExceptionMonitor', this.#onFault);
    this.#beat();
  }

  report(): { readonly beats: number; readonly faults: number } {
    return { beats: this.#beats, faults: this.#faults };
  }

  close(): void {
    this.#stop();
    process.off('uncaughtExceptionMonitor', this.#onFault);
  }

  #beat(): void {
    this.#beats++;
    this.#options.track({
      type: 'heartbeat',
      ...this.#agent(),
      gauges: { ...processGauges(), ...this.#ownGauges() },
    });
  }

  readonly #onFault = (error: Error, origin: string): void => {
    this.#faults++;
    const failure = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(
      0,
      1_000,
    );
    const name = origin === 'unhandledRejection' ? 'unhandled rejection' : 'uncaught exception';
    this.#options.track({
      type: 'operation',
      name,
      kind: 'other',
      durationMs: 0,
      status: 'error',
      ...this.#agent(),
      attributes: { failure },
    });
  };

  #agent(): { readonly agent?: string } {
    return this.#options.agent === undefined ? {} : { agent: this.#options.agent };
  }

  #ownGauges(): Readonly<Record<string, number>> {
    try {
      const gauges = Object.entries(this.#options.gauges?.() ?? {});
      return Object.fromEntries(gauges.filter(([, value]) => Number.isFinite(value)).slice(0, 90));
    } catch {
      // The host's gauges must not cost the heartbeat.
      return {};
    }
  }
}

function processGauges(): Readonly<Record<string, number>> {
  const { heapUsed, rss } = process.memoryUsage();
  return { heapBytes: heapUsed, rssBytes: rss, uptimeSeconds: Math.round(process.uptime()) };
}

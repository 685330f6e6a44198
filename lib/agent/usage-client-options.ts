import type { AgentClock } from './agent-clock.ts';
import type { AgentEvent } from './agent-event.ts';
import type { NumericOptions } from './resolve-options.ts';
import type { RejectedEvent } from './send-batch.ts';

export const usageClientBounds = {
  /** Events in memory, those on their way among them. */
  queueMax: { default: 1_000, min: 1, max: 1_000_000, unit: 'events' },
  /** Their JSON, in characters. */
  queueBytesMax: { default: 8_000_000, min: 10_000, max: 1_000_000_000, unit: 'bytes' },
  batchMax: { default: 500, min: 1, max: 1_000, unit: 'events' },
  batchBytesMax: { default: 2_000_000, min: 1_000, max: 16_000_000, unit: 'bytes' },
  /** How long the first event of a batch waits for more. */
  batchWaitMs: { default: 1_000, min: 0, max: 60_000, unit: 'ms' },
  requestTimeoutMs: { default: 10_000, min: 1, max: 300_000, unit: 'ms' },
  retryBaseMs: { default: 500, min: 1, max: 60_000, unit: 'ms' },
  retryDelayMsMax: { default: 30_000, min: 1, max: 3_600_000, unit: 'ms' },
  /** Requests with drafts. */
  draftsPerSecondMax: { default: 5, min: 1, max: 20, unit: 'requests a second' },
  spillBytesMax: { default: 64_000_000, min: 10_000, max: 10_000_000_000, unit: 'bytes' },
} as const;

export type UsageClientOptions = NumericOptions<typeof usageClientBounds> & {
  /** Of the app, like `http://127.0.0.1:3000`. */
  readonly url: string;
  /** A key with the scope `ingest`. */
  readonly key: string;
  /** For events that name none. */
  readonly agent?: string | undefined;
  /**
   * At the bound: the oldest go (default), or the new one, or the new one unless you wait for `whenRoom`.
   * With a spill file nothing goes before that is full.
   */
  readonly whenFull?: 'drop-oldest' | 'drop-newest' | 'wait' | undefined;
  /** Where events wait on disk, so that a restart loses none. One process a path. */
  readonly spillFile?: string | undefined;
  readonly onRejected?: ((event: RejectedEvent) => void) | undefined;
  /** What keeps events from being sent. */
  readonly onTrouble?: ((reason: string) => void) | undefined;
  readonly fetch?: typeof fetch | undefined;
  readonly clock?: AgentClock | undefined;
  readonly newId?: (() => string) | undefined;
  readonly random?: (() => number) | undefined;
};

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** An event; id, time and agent are filled in where they are missing. */
export type TrackedEvent = DistributiveOmit<AgentEvent, 'id' | 'ts' | 'agent'> & {
  readonly id?: string | undefined;
  readonly ts?: string | undefined;
  readonly agent?: string | undefined;
};

export type UsageClientReport = {
  /** In memory and on their way. */
  readonly queued: number;
  readonly onDisk: number;
  readonly sent: number;
  readonly dropped: number;
  readonly rejected: number;
  readonly invalid: number;
  readonly retries: number;
  readonly draftsSent: number;
  /** Drafts that could not be sent; not those that a newer one replaced. */
  readonly draftsDropped: number;
  readonly lastTrouble: string | null;
};

import type { AgentClock } from './agent-clock.ts';
import type { OperationSink } from './agent-event.ts';
import type { NumericOptions } from './resolve-options.ts';
import type { Summariser } from './summarise-by-extract.ts';

export const sessionGuardBounds = {
  /** A history is brought under this whenever it is above. */
  bytesMax: { default: 500_000, min: 4_000, max: 100_000_000, unit: 'bytes' },
  /** The model's window. A history is held under 80 % of it: the answer needs room too. */
  tokensMax: { default: 200_000, min: 1_000, max: 100_000_000, unit: 'tokens' },
  /** Newest turns that are not summed up, as far as they take no more than half of the room. */
  keepTurns: { default: 3, min: 1, max: 1_000, unit: 'turns' },
  /** Tool results above it are shortened. */
  resultBytesMax: { default: 10_240, min: 256, max: 10_000_000, unit: 'bytes' },
  summaryBytesMax: { default: 8_000, min: 200, max: 1_000_000, unit: 'bytes' },
  /** Largest request to the summariser: a longer past is split. */
  summariserTokensMax: { default: 60_000, min: 1_000, max: 10_000_000, unit: 'tokens' },
  summariserTimeoutMs: { default: 120_000, min: 1, max: 3_600_000, unit: 'ms' },
} as const;

export type SessionGuardOptions<T> = NumericOptions<typeof sessionGuardBounds> & {
  readonly session?: string | undefined;
  /** A result that repeats one in the history becomes a line (default true). */
  readonly repeats?: boolean | undefined;
  /** Default: `summariseByExtract`, which needs no model. */
  readonly summarise?: Summariser<T> | undefined;
  /** Makes the message that stands for the past. Default: `{ role: 'user', content: text }`. */
  readonly makeMessage?: ((text: string) => T) | undefined;
  /** Is given each whole text that is shortened, under its handle. `ResultStore.put` fits. */
  readonly keep?: ((handle: string, text: string) => void) | undefined;
  readonly onOperation?: OperationSink | undefined;
  readonly clock?: AgentClock | undefined;
};

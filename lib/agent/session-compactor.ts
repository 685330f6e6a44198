import type { AgentClock } from './agent-clock.ts';
import type { OperationNote } from './agent-event.ts';
import type { ChatMessage } from './chat-message.ts';
import { compactHistory } from './compact-history.ts';
import type { FitReport } from './fit-report.ts';
import { weighHistory } from './hold-history.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import type { sessionGuardBounds } from './session-guard-options.ts';
import type { SessionMarker } from './session-marker.ts';
import { type Summariser, summariseByExtract } from './summarise-by-extract.ts';
import { untilAborted } from './until-aborted.ts';

/** What became of the past of a history. */
export type Past = {
  readonly marker: SessionMarker;
  readonly compaction: FitReport['compaction'];
  readonly failure: string | null;
  readonly summedUp: number;
};

type CompactorOptions<T> = {
  readonly bounds: ResolvedOptions<typeof sessionGuardBounds>;
  readonly summarise: Summariser<T> | undefined;
  readonly clock: AgentClock;
  readonly tell: (note: OperationNote) => void;
};

/** Sums up the past of one session: the part of `SessionGuard` that waits for a model. */
export class SessionCompactor<T extends ChatMessage> {
  readonly #options: CompactorOptions<T>;
  readonly #closing = new AbortController();
  #isCompacting = false;

  constructor(options: CompactorOptions<T>) {
    this.#options = options;
  }

  /**
   * What stands for the old messages from now on. One at a time: another fit meanwhile is told `busy`. Never throws:
   * a summary that fails is said, and the marker stays.
   */
  async compact(old: readonly T[], marker: SessionMarker): Promise<Past> {
    const before = weighHistory(old);
    // What is hardly longer than its summary would be summed up again at every call.
    if (before.bytes <= this.#options.bounds.summaryBytesMax * 2) {
      return { marker, compaction: 'none', failure: null, summedUp: 0 };
    }
    if (this.#isCompacting) return { marker, compaction: 'busy', failure: null, summedUp: 0 };
    this.#isCompacting = true;
    const startedMs = this.#options.clock.elapsed();
    const note = {
      name: 'compact',
      kind: 'compact',
      bytesBefore: before.bytes,
      tokensBefore: before.tokens,
    } as const;
    try {
      const made = await this.#summarise(old, marker.summary);
      const after = weighHistory([{ role: 'user', content: made.summary }]);
      const durationMs = this.#options.clock.elapsed() - startedMs;
      this.#options.tell({ ...note, durationMs, bytesAfter: after.bytes, tokensAfter: after.tokens });
      const summedUp = marker.summedUp + made.summedUp;
      const next = { summary: made.summary, summedUp, leftOut: marker.leftOut + made.leftOut };
      return { marker: next, compaction: 'done', failure: null, summedUp: made.summedUp };
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      const durationMs = this.#options.clock.elapsed() - startedMs;
      this.#options.tell({
        ...note,
        durationMs,
        status: 'error',
        attributes: { failure: failure.slice(0, 500) },
      });
      return { marker, compaction: 'failed', failure, summedUp: 0 };
    } finally {
      this.#isCompacting = false;
    }
  }

  async #summarise(old: readonly T[], previous: string) {
    const { summariserTimeoutMs, summariserTokensMax, summaryBytesMax } = this.#options.bounds;
    const timeout = new AbortController();
    const late = new Error(`The summariser took longer than ${summariserTimeoutMs} ms.`);
    const cancel = this.#options.clock.after(summariserTimeoutMs, () => timeout.abort(late));
    const signal = AbortSignal.any([timeout.signal, this.#closing.signal]);
    try {
      const work = compactHistory(old, {
        summarise: this.#options.summarise ?? (async (request) => summariseByExtract(request)),
        previous,
        // Half of the summary's bytes is more tokens than it ever has.
        chunkTokensMax: Math.max(500, summariserTokensMax - Math.ceil(summaryBytesMax / 2)),
        bytesMax: summaryBytesMax,
        signal,
      });
      return await untilAborted(work, signal);
    } finally {
      cancel();
    }
  }

  /** Aborts a summary that is under way. */
  close(): void {
    this.#closing.abort(new Error('The session guard was closed.'));
  }
}

import { randomUUID } from 'node:crypto';
import { type AgentClock, systemClock } from './agent-clock.ts';
import type { OperationNote } from './agent-event.ts';
import { DraftSender, type TrackedDraft } from './draft-sender.ts';
import { EventOutbox } from './event-outbox.ts';
import { type ResolvedOptions, resolveOptions } from './resolve-options.ts';
import { retryDelay } from './retry-delay.ts';
import { type SendOutcome, sendBatch } from './send-batch.ts';
import { SpillFile } from './spill-file.ts';
import { tellHost } from './tell-host.ts';
import {
  type TrackedEvent,
  type UsageClientOptions,
  type UsageClientReport,
  usageClientBounds,
} from './usage-client-options.ts';

/** A draft that is this late is of no use. */
const draftTimeoutMs = 3_000;

/**
 * Sends events without ever holding up the agent: `track` puts them into a bounded queue, one request at a
 * time takes them in batches, and what fails is sent again with the same ids, which count once. A spill file
 * keeps them over a restart.
 */
export class UsageClient {
  readonly #bounds: ResolvedOptions<typeof usageClientBounds>;
  readonly #options: UsageClientOptions;
  readonly #clock: AgentClock;
  readonly #outbox: EventOutbox;
  readonly #drafts: DraftSender;
  readonly #roomWaiters = new Set<() => void>();
  readonly #closing = new AbortController();
  #cancelTimer = () => {};
  #timer: 'none' | 'later' | 'soon' = 'none';
  #pumping: Promise<void> | null = null;
  #wake = () => {};
  #attempt = 0;
  #batchShare = 1;
  #sent = 0;
  #rejected = 0;
  #invalid = 0;
  #retries = 0;
  #lastTrouble: string | null = null;

  /** @throws RangeError for an option out of bounds; TypeError for an address that is none. */
  constructor(options: UsageClientOptions) {
    this.#bounds = resolveOptions('UsageClient', usageClientBounds, options);
    this.#options = { ...options, url: new URL(options.url).href.replace(/\/+$/, '') };
    this.#clock = options.clock ?? systemClock;
    this.#outbox = new EventOutbox({
      linesMax: this.#bounds.queueMax,
      bytesMax: this.#bounds.queueBytesMax,
      whenFull:
        options.whenFull === 'drop-newest' || options.whenFull === 'wait' ? 'drop-newest' : 'drop-oldest',
      spill: this.#openSpill(),
      onSpillFailure: (error) => this.#trouble(`spill file: ${String(error)}`),
    });
    this.#drafts = new DraftSender({
      agent: options.agent ?? 'agent',
      perSecondMax: this.#bounds.draftsPerSecondMax,
      clock: this.#clock,
      send: (lines) => this.#send(lines, draftTimeoutMs),
    });
    if (this.#outbox.size > 0) this.#schedule();
  }

  /** Takes an event; at once, never throws. False when it was not taken, which is counted. */
  track(event: TrackedEvent): boolean {
    if (this.#closing.signal.aborted) {
      this.#invalid++;
      return false;
    }
    const line = this.#write(event);
    if (line === null) {
      this.#invalid++;
      return false;
    }
    if (event.type === 'message' && event.id !== undefined) this.#drafts.settle(event.session, event.id);
    const isTaken = this.#outbox.push(line);
    this.#schedule();
    return isTaken;
  }

  /**
   * Shows a message while it is written: all the text so far, as often as you like, then `track` the message with the
   * same id. Sent a few times a second at most, the newest; never queued, spilled or repeated. Never throws.
   */
  draft(draft: TrackedDraft): void {
    this.#drafts.put(draft);
  }

  /** `track` of an operation: what the toolkit's parts take as `onOperation`. */
  readonly note = (note: OperationNote): void => {
    this.track({ ...note, type: 'operation' });
  };

  /** Resolves when an event would be taken without dropping any. For loops that rather wait: `whenFull: 'wait'`. */
  whenRoom(signal?: AbortSignal): Promise<void> {
    if (!this.#outbox.isFull || this.#closing.signal.aborted) return Promise.resolve();
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#roomWaiters.delete(enter);
        signal?.removeEventListener('abort', abort);
      };
      const enter = () => {
        leave();
        resolve();
      };
      const abort = () => {
        leave();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#roomWaiters.add(enter);
      this.#schedule();
    });
  }

  /** Sends what waits, now. @returns how many are left when all is sent or the time is over. */
  async flush(deadlineMs = 5_000): Promise<{ readonly left: number }> {
    this.#attempt = 0;
    let cancel = () => {};
    const late = new Promise<void>((resolve) => {
      cancel = this.#clock.after(deadlineMs, resolve);
    });
    this.#wake();
    await Promise.race([this.#pump(), late]);
    cancel();
    return { left: this.#outbox.size };
  }

  report(): UsageClientReport {
    return {
      ...this.#outbox.counts(),
      sent: this.#sent,
      rejected: this.#rejected,
      invalid: this.#invalid,
      retries: this.#retries,
      draftsSent: this.#drafts.report().sent,
      draftsDropped: this.#drafts.report().dropped,
      lastTrouble: this.#lastTrouble,
    };
  }

  /** Flushes within the time and stops. What is left stays in the spill file, or is lost and counted. */
  async close(deadlineMs = 5_000): Promise<{ readonly left: number }> {
    this.#drafts.close();
    const { left } = await this.flush(deadlineMs);
    this.#closing.abort(new Error('The usage client was closed.'));
    this.#cancelTimer();
    this.#wake();
    await this.#pumping;
    for (const enter of [...this.#roomWaiters]) enter();
    this.#outbox.close();
    return { left };
  }

  #openSpill(): SpillFile | null {
    const { spillFile } = this.#options;
    if (spillFile === undefined) return null;
    try {
      return new SpillFile({ path: spillFile, bytesMax: this.#bounds.spillBytesMax });
    } catch (error) {
      this.#trouble(`spill file: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }

  #write(event: TrackedEvent): string | null {
    try {
      const { agent } = this.#options;
      const line = JSON.stringify({
        ...event,
        id: event.id ?? (this.#options.newId ?? randomUUID)(),
        ts: event.ts ?? new Date(this.#clock.now()).toISOString(),
        agent: event.agent ?? agent ?? 'agent',
      });
      return line.length > this.#bounds.batchBytesMax ? null : line;
    } catch {
      // A cycle or a BigInt among the attributes: counted as invalid.
      return null;
    }
  }

  #schedule(): void {
    if (this.#pumping !== null || this.#timer === 'soon') return;
    const isWhole = this.#outbox.queued >= this.#bounds.batchMax;
    if (this.#timer === 'later' && !isWhole) return;
    this.#cancelTimer();
    this.#timer = isWhole ? 'soon' : 'later';
    const begin = () => {
      this.#timer = 'none';
      void this.#pump();
    };
    // An agent that is done may end; `close` is how it waits for what is not sent.
    this.#cancelTimer = this.#clock.after(isWhole ? 0 : this.#bounds.batchWaitMs, begin, {
      background: true,
    });
  }

  #pump(): Promise<void> {
    this.#cancelTimer();
    this.#timer = 'none';
    this.#pumping ??= this.#sendAll().finally(() => {
      this.#pumping = null;
      if (this.#outbox.size > 0 && !this.#closing.signal.aborted) this.#schedule();
    });
    return this.#pumping;
  }

  /** Until the queue is empty, or has too little for a batch and nobody waits for it. */
  async #sendAll(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const countMax = Math.max(1, Math.floor(this.#bounds.batchMax * this.#batchShare));
      const lines = this.#outbox.take(countMax, this.#bounds.batchBytesMax);
      if (lines.length === 0) return;
      const sending = lines.slice(0, countMax);
      const delayMs = this.#settle(await this.#send(sending.map(({ text }) => text)), sending.length);
      if (delayMs > 0 && !this.#closing.signal.aborted) await this.#sleep(delayMs);
      for (const enter of [...this.#roomWaiters]) if (!this.#outbox.isFull) enter();
    }
  }

  async #send(
    lines: readonly string[],
    timeoutMs: number = this.#bounds.requestTimeoutMs,
  ): Promise<SendOutcome> {
    const late = new AbortController();
    const timeout = new Error(`no answer after ${timeoutMs} ms`);
    const cancel = this.#clock.after(timeoutMs, () => late.abort(timeout));
    try {
      return await sendBatch({
        fetch: this.#options.fetch ?? fetch,
        url: this.#options.url,
        key: this.#options.key,
        lines,
        signal: AbortSignal.any([late.signal, this.#closing.signal]),
        now: this.#clock.now,
      });
    } finally {
      cancel();
    }
  }

  /** @returns how long to wait before the next request. */
  #settle(outcome: SendOutcome, count: number): number {
    switch (outcome.kind) {
      case 'stored':
        this.#sent += count - outcome.rejected.length;
        this.#rejected += outcome.rejected.length;
        for (const event of outcome.rejected) tellHost(this.#options.onRejected, event);
        this.#outbox.settle(count);
        this.#attempt = 0;
        this.#batchShare = Math.min(1, this.#batchShare * 2);
        return 0;
      case 'too-large':
        if (count > 1) {
          this.#batchShare = count / 2 / this.#bounds.batchMax;
          return 0;
        }
        return this.#giveUp(count, 'an event is larger than the server takes');
      case 'undecodable':
        return this.#giveUp(count, outcome.reason);
      case 'misconfigured':
        this.#retries++;
        this.#trouble(outcome.reason);
        return this.#bounds.retryDelayMsMax;
      case 'retry': {
        this.#retries++;
        this.#trouble(outcome.reason);
        if (outcome.afterMs !== null) return Math.max(1, outcome.afterMs);
        const { retryBaseMs: baseMs, retryDelayMsMax: delayMsMax } = this.#bounds;
        const random = (this.#options.random ?? Math.random)();
        return retryDelay({ attempt: this.#attempt++, baseMs, delayMsMax, random });
      }
    }
  }

  #giveUp(count: number, reason: string): number {
    this.#trouble(reason);
    this.#rejected += count;
    this.#outbox.settle(count);
    return 0;
  }

  #sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(delayMs, resolve, { background: true });
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }

  #trouble(reason: string): void {
    this.#lastTrouble = reason;
    tellHost(this.#options.onTrouble, reason);
  }
}

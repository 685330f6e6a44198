import { type AgentClock, systemClock } from './agent-clock.ts';
import type { OperationSink } from './agent-event.ts';
import { type NumericOptions, type ResolvedOptions, resolveOptions } from './resolve-options.ts';
import { tellHost } from './tell-host.ts';

export const sessionSemaphoresBounds = {
  /** Runs of one session at a time. */
  permitsMax: { default: 1, min: 1, max: 1_000, unit: 'runs' },
  /** Runs that may wait for one session: one more is refused. */
  waitersMax: { default: 1_000, min: 0, max: 1_000_000, unit: 'runs' },
  sessionsMax: { default: 10_000, min: 1, max: 10_000_000, unit: 'sessions' },
  /** Idle sessions are forgotten after this, looked for as often. */
  idleMs: { default: 300_000, min: 1_000, max: 86_400_000, unit: 'ms' },
} as const;

export type SessionSemaphoresOptions = NumericOptions<typeof sessionSemaphoresBounds> & {
  /** Is told of each wait. */
  readonly onOperation?: OperationSink | undefined;
  readonly clock?: AgentClock | undefined;
};

export type SessionSemaphoresReport = {
  readonly sessions: number;
  readonly running: number;
  readonly waiting: number;
  readonly refused: number;
};

type Waiter = { readonly start: () => void; readonly fail: (error: Error) => void };
type Slot = { running: number; readonly waiters: Set<Waiter>; idleSinceMs: number };

/** Lets one run of a session go at a time, in the order of asking, while other sessions go on. */
export class SessionSemaphores {
  readonly #bounds: ResolvedOptions<typeof sessionSemaphoresBounds>;
  readonly #clock: AgentClock;
  readonly #onOperation: OperationSink | undefined;
  readonly #slots = new Map<string, Slot>();
  readonly #stopSweep: () => void;
  #refused = 0;
  #isClosed = false;

  /** @throws RangeError for an option out of bounds. */
  constructor(options: SessionSemaphoresOptions = {}) {
    this.#bounds = resolveOptions('SessionSemaphores', sessionSemaphoresBounds, options);
    this.#clock = options.clock ?? systemClock;
    this.#onOperation = options.onOperation;
    this.#stopSweep = this.#clock.every(this.#bounds.idleMs, () => this.#sweep());
  }

  /**
   * Runs when it is the session's turn. What `run` gives or throws is handed on.
   * @throws the signal's reason when aborted while waiting; Error when the queue is full or after `close`.
   */
  async run<R>(
    session: string,
    run: () => Promise<R> | R,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<R> {
    const slot = await this.#acquire(session, options.signal);
    try {
      return await run();
    } finally {
      this.#release(slot);
    }
  }

  report(): SessionSemaphoresReport {
    const slots = [...this.#slots.values()];
    return {
      sessions: slots.length,
      running: slots.reduce((sum, slot) => sum + slot.running, 0),
      waiting: slots.reduce((sum, slot) => sum + slot.waiters.size, 0),
      refused: this.#refused,
    };
  }

  /** Waiting runs are refused; those under way finish. */
  close(): void {
    this.#isClosed = true;
    this.#stopSweep();
    const closed = new Error('plimsoll SessionSemaphores: closed while waiting for the turn of a session.');
    for (const slot of this.#slots.values()) for (const waiter of [...slot.waiters]) waiter.fail(closed);
    this.#slots.clear();
  }

  #acquire(session: string, signal: AbortSignal | undefined): Promise<Slot> {
    if (this.#isClosed) return Promise.reject(new Error('plimsoll SessionSemaphores: closed.'));
    if (signal?.aborted) return Promise.reject(signal.reason);
    const slot = this.#slotOf(session);
    if (slot === null) return this.#refuse(`${this.#bounds.sessionsMax} sessions are running.`);
    if (slot.running < this.#bounds.permitsMax && slot.waiters.size === 0) {
      slot.running++;
      return Promise.resolve(slot);
    }
    if (slot.waiters.size >= this.#bounds.waitersMax) {
      return this.#refuse(`${slot.waiters.size} runs wait for this session.`);
    }
    return this.#wait(session, { slot, signal });
  }

  #wait(
    session: string,
    wait: { readonly slot: Slot; readonly signal: AbortSignal | undefined },
  ): Promise<Slot> {
    const { slot, signal } = wait;
    const startedMs = this.#clock.elapsed();
    return new Promise<Slot>((resolve, reject) => {
      const leave = () => {
        slot.waiters.delete(waiter);
        signal?.removeEventListener('abort', abort);
      };
      const waiter: Waiter = {
        start: () => {
          leave();
          slot.running++;
          const durationMs = this.#clock.elapsed() - startedMs;
          tellHost(this.#onOperation, {
            name: 'wait for the session',
            kind: 'semaphore',
            durationMs,
            session,
          });
          resolve(slot);
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      const abort = () => {
        leave();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', abort, { once: true });
      slot.waiters.add(waiter);
    });
  }

  #release(slot: Slot): void {
    slot.running--;
    slot.idleSinceMs = this.#clock.now();
    // A Set keeps the order of asking.
    for (const next of slot.waiters) {
      next.start();
      return;
    }
  }

  #slotOf(session: string): Slot | null {
    const known = this.#slots.get(session);
    if (known !== undefined) return known;
    if (this.#slots.size >= this.#bounds.sessionsMax) this.#forgetOneIdle();
    if (this.#slots.size >= this.#bounds.sessionsMax) return null;
    const slot: Slot = { running: 0, waiters: new Set(), idleSinceMs: this.#clock.now() };
    this.#slots.set(session, slot);
    return slot;
  }

  #refuse(why: string): Promise<never> {
    this.#refused++;
    return Promise.reject(new Error(`plimsoll SessionSemaphores: refused, ${why}`));
  }

  #forgetOneIdle(): void {
    for (const [session, slot] of this.#slots) {
      if (slot.running > 0 || slot.waiters.size > 0) continue;
      this.#slots.delete(session);
      return;
    }
  }

  #sweep(): void {
    const nowMs = this.#clock.now();
    for (const [session, slot] of this.#slots) {
      const isIdle = slot.running === 0 && slot.waiters.size === 0;
      if (isIdle && nowMs - slot.idleSinceMs >= this.#bounds.idleMs) this.#slots.delete(session);
    }
  }
}

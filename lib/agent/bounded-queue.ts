import { type AgentClock, systemClock } from './agent-clock.ts';
import { type NumericOptions, resolveOptions } from './resolve-options.ts';
import { tellHost } from './tell-host.ts';

export const boundedQueueBounds = {
  sizeMax: { default: 1_000, min: 1, max: 10_000_000, unit: 'entries' },
  /** How long an entry waits at most. 0 = as long as it takes. */
  ttlMs: { default: 0, min: 0, max: 366 * 86_400_000, unit: 'ms' },
  /** How often the expired are looked for. 0 = only when they are met. */
  sweepMs: { default: 0, min: 0, max: 86_400_000, unit: 'ms' },
} as const;

export type BoundedQueueOptions<V> = NumericOptions<typeof boundedQueueBounds> & {
  /** When full: the oldest goes (default), or the new one is refused. */
  readonly whenFull?: 'drop-oldest' | 'drop-newest' | undefined;
  /** What may go first when the queue is full, like what was executed. Looked for from the oldest on. */
  readonly mayGo?: ((value: V) => boolean) | undefined;
  readonly onDrop?: ((value: V) => void) | undefined;
  readonly clock?: AgentClock | undefined;
};

export type BoundedQueueReport = {
  readonly size: number;
  readonly sizeMax: number;
  readonly dropped: number;
};

type Waiting<V> = { readonly value: V; readonly expiresMs: number };

/** First in, first out, with a bound. What is dropped is counted and told. */
export class BoundedQueue<V> {
  readonly #bounds: { readonly [name in keyof typeof boundedQueueBounds]: number };
  readonly #options: BoundedQueueOptions<V>;
  readonly #clock: AgentClock;
  readonly #stopSweep: () => void;
  /** Slots before `#head` are taken out already; they are given back when they are half of the array. */
  #slots: (Waiting<V> | undefined)[] = [];
  #head = 0;
  #dropped = 0;

  constructor(options: BoundedQueueOptions<V> = {}) {
    this.#bounds = resolveOptions('BoundedQueue', boundedQueueBounds, options);
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    const { sweepMs } = this.#bounds;
    this.#stopSweep = sweepMs === 0 ? () => {} : this.#clock.every(sweepMs, () => this.sweep());
  }

  get size(): number {
    return this.#slots.length - this.#head;
  }

  /** False when it was refused. */
  push(value: V): boolean {
    if (this.size >= this.#bounds.sizeMax && !this.#makeRoom()) {
      this.#drop(value);
      return false;
    }
    const { ttlMs } = this.#bounds;
    const expiresMs = ttlMs === 0 ? Number.POSITIVE_INFINITY : this.#clock.now() + ttlMs;
    this.#slots.push({ value, expiresMs });
    return true;
  }

  /** The oldest that has not expired, taken out; undefined when there is none. */
  shift(): V | undefined {
    for (;;) {
      const waiting = this.#take();
      if (waiting === undefined) return undefined;
      if (waiting.expiresMs > this.#clock.now()) return waiting.value;
      this.#drop(waiting.value);
    }
  }

  /** Up to `countMax` of the oldest, taken out. */
  takeMany(countMax: number): V[] {
    const taken: V[] = [];
    while (taken.length < countMax) {
      const value = this.shift();
      if (value === undefined) break;
      taken.push(value);
    }
    return taken;
  }

  /** Drops what is expired: the oldest first, since all wait equally long. */
  sweep(): void {
    const nowMs = this.#clock.now();
    for (let next = this.#slots[this.#head]; next !== undefined; next = this.#slots[this.#head]) {
      if (next.expiresMs > nowMs) return;
      this.#take();
      this.#drop(next.value);
    }
  }

  report(): BoundedQueueReport {
    return { size: this.size, sizeMax: this.#bounds.sizeMax, dropped: this.#dropped };
  }

  close(): void {
    this.#stopSweep();
    this.#slots = [];
    this.#head = 0;
  }

  destroy(): void {
    this.close();
  }

  #take(): Waiting<V> | undefined {
    const waiting = this.#slots[this.#head];
    if (waiting === undefined) return undefined;
    this.#slots[this.#head] = undefined;
    this.#head++;
    if (this.#head * 2 >= this.#slots.length && this.#head > 32) {
      this.#slots = this.#slots.slice(this.#head);
      this.#head = 0;
    }
    return waiting;
  }

  #makeRoom(): boolean {
    const { mayGo, whenFull } = this.#options;
    if (mayGo !== undefined) {
      for (let index = this.#head; index < this.#slots.length; index++) {
        const waiting = this.#slots[index];
        if (waiting === undefined || !mayGo(waiting.value)) continue;
        this.#slots.splice(index, 1);
        this.#drop(waiting.value);
        return true;
      }
    }
    if (whenFull === 'drop-newest') return false;
    const oldest = this.#take();
    if (oldest !== undefined) this.#drop(oldest.value);
    return true;
  }

  #drop(value: V): void {
    this.#dropped++;
    tellHost(this.#options.onDrop, value);
  }
}

import { type AgentClock, systemClock } from './agent-clock.ts';
import { type NumericOptions, resolveOptions } from './resolve-options.ts';
import { tellHost } from './tell-host.ts';

export const boundedMapBounds = {
  sizeMax: { default: 1_000, min: 1, max: 10_000_000, unit: 'entries' },
  /** How long an entry lives after it was set. 0 = as long as there is room. */
  ttlMs: { default: 0, min: 0, max: 366 * 86_400_000, unit: 'ms' },
  /** How long it lives after `settle`. 0 = as `ttlMs` says. */
  settledTtlMs: { default: 0, min: 0, max: 366 * 86_400_000, unit: 'ms' },
  /** How often the expired are looked for. 0 = only when they are met. */
  sweepMs: { default: 0, min: 0, max: 86_400_000, unit: 'ms' },
} as const;

export type EvictReason = 'full' | 'expired' | 'closed';

export type BoundedMapOptions<K, V> = NumericOptions<typeof boundedMapBounds> & {
  /** `get` makes an entry young again (default false). */
  readonly renewOnGet?: boolean | undefined;
  readonly onEvict?: ((key: K, value: V, reason: EvictReason) => void) | undefined;
  readonly clock?: AgentClock | undefined;
};

export type BoundedMapReport = {
  readonly size: number;
  readonly sizeMax: number;
  readonly evicted: number;
  readonly expired: number;
};

type Entry<V> = { value: V; expiresMs: number };

/**
 * A map with a bound: when it is full, the oldest settled entry goes (one that was answered, executed, has
 * decayed), and only without any the oldest of all. Each operation is O(1). Own code because no small package
 * prefers what may go.
 */
export class BoundedMap<K, V> {
  readonly #bounds: { readonly [name in keyof typeof boundedMapBounds]: number };
  readonly #options: BoundedMapOptions<K, V>;
  readonly #clock: AgentClock;
  readonly #open = new Map<K, Entry<V>>();
  readonly #settled = new Map<K, Entry<V>>();
  readonly #stopSweep: () => void;
  #evicted = 0;
  #expired = 0;

  constructor(options: BoundedMapOptions<K, V> = {}) {
    this.#bounds = resolveOptions('BoundedMap', boundedMapBounds, options);
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    const { sweepMs } = this.#bounds;
    this.#stopSweep = sweepMs === 0 ? () => {} : this.#clock.every(sweepMs, () => this.sweep());
  }

  get size(): number {
    return this.#open.size + this.#settled.size;
  }

  get(key: K): V | undefined {
    const entry = this.#live(key);
    if (entry === undefined) return undefined;
    if (this.#options.renewOnGet === true) this.#renew(key, entry);
    return entry.value;
  }

  has(key: K): boolean {
    return this.#live(key) !== undefined;
  }

  set(key: K, value: V): this {
    this.#open.delete(key);
    this.#settled.delete(key);
    if (this.size >= this.#bounds.sizeMax) this.#makeRoom();
    this.#open.set(key, { value, expiresMs: this.#expiry(this.#bounds.ttlMs) });
    return this;
  }

  /** Marks an entry as done: it is the first to go, and after `settledTtlMs`. False for an unknown key. */
  settle(key: K): boolean {
    const entry = this.#live(key);
    if (entry === undefined) return false;
    this.#open.delete(key);
    this.#settled.delete(key);
    const { settledTtlMs } = this.#bounds;
    const expiresMs = settledTtlMs === 0 ? entry.expiresMs : this.#expiry(settledTtlMs);
    this.#settled.set(key, { value: entry.value, expiresMs: Math.min(expiresMs, entry.expiresMs) });
    return true;
  }

  delete(key: K): boolean {
    return this.#open.delete(key) || this.#settled.delete(key);
  }

  /** Keys and values, the settled first, each the oldest first. Expired ones may be among them. */
  *entries(): IterableIterator<[K, V]> {
    for (const map of [this.#settled, this.#open]) for (const [key, { value }] of map) yield [key, value];
  }

  /** Drops what is expired. */
  sweep(): void {
    const nowMs = this.#clock.now();
    for (const map of [this.#settled, this.#open]) {
      for (const [key, entry] of map) {
        if (entry.expiresMs > nowMs) continue;
        this.#drop(map, { key, entry, reason: 'expired' });
      }
    }
  }

  report(): BoundedMapReport {
    return { size: this.size, sizeMax: this.#bounds.sizeMax, evicted: this.#evicted, expired: this.#expired };
  }

  /** Stops the sweep and forgets everything. The map can still be used, without sweeps. */
  close(): void {
    this.#stopSweep();
    const { onEvict } = this.#options;
    for (const [key, value] of this.entries()) tellHost(onEvict, key, value, 'closed');
    this.#open.clear();
    this.#settled.clear();
  }

  destroy(): void {
    this.close();
  }

  #live(key: K): Entry<V> | undefined {
    const map = this.#open.has(key) ? this.#open : this.#settled;
    const entry = map.get(key);
    if (entry === undefined || entry.expiresMs > this.#clock.now()) return entry;
    this.#drop(map, { key, entry, reason: 'expired' });
    return undefined;
  }

  #renew(key: K, entry: Entry<V>): void {
    const map = this.#open.has(key) ? this.#open : this.#settled;
    map.delete(key);
    entry.expiresMs = this.#expiry(this.#bounds.ttlMs);
    map.set(key, entry);
  }

  #expiry(ttlMs: number): number {
    return ttlMs === 0 ? Number.POSITIVE_INFINITY : this.#clock.now() + ttlMs;
  }

  #makeRoom(): void {
    const map = this.#settled.size > 0 ? this.#settled : this.#open;
    for (const [key, entry] of map) {
      this.#drop(map, { key, entry, reason: 'full' });
      return;
    }
  }

  #drop(
    map: Map<K, Entry<V>>,
    gone: { readonly key: K; readonly entry: Entry<V>; readonly reason: EvictReason },
  ): void {
    map.delete(gone.key);
    if (gone.reason === 'full') this.#evicted++;
    else this.#expired++;
    tellHost(this.#options.onEvict, gone.key, gone.entry.value, gone.reason);
  }
}

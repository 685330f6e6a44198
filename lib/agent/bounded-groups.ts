import type { AgentClock } from './agent-clock.ts';
import { BoundedMap } from './bounded-map.ts';
import type { Closable } from './lifecycle.ts';

type Group = Closable & { readonly size: number; readonly sweep: () => void };

/**
 * One bounded map or queue for each agent (channel, interest …), made when it is first asked for. At most
 * `groupsMax` of them: the one that was asked for longest ago goes. One sweep serves all.
 */
export class BoundedGroups<G extends Group> {
  readonly #groups: BoundedMap<string, G>;
  readonly #make: () => G;
  readonly #stopSweep: () => void;

  constructor(options: {
    readonly make: () => G;
    readonly groupsMax: number;
    readonly sweepMs: number;
    readonly clock: AgentClock;
  }) {
    this.#make = options.make;
    this.#groups = new BoundedMap({
      sizeMax: options.groupsMax,
      renewOnGet: true,
      clock: options.clock,
      onEvict: (_, group) => group.close(),
    });
    this.#stopSweep = options.clock.every(options.sweepMs, () => this.#sweep());
  }

  of(name: string): G {
    const known = this.#groups.get(name);
    if (known !== undefined) return known;
    const made = this.#make();
    this.#groups.set(name, made);
    return made;
  }

  report(): { readonly groups: number; readonly entries: number } {
    let entries = 0;
    for (const [, group] of this.#groups.entries()) entries += group.size;
    return { groups: this.#groups.size, entries };
  }

  close(): void {
    this.#stopSweep();
    this.#groups.close();
  }

  destroy(): void {
    this.close();
  }

  /** Expired entries go, and then groups that are empty. */
  #sweep(): void {
    for (const [name, group] of [...this.#groups.entries()]) {
      group.sweep();
      if (group.size === 0) this.#groups.delete(name);
    }
  }
}

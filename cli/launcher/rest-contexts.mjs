import { AsyncLocalStorage } from 'node:async_hooks';

/** Since 24 Node carries the storages in a frame of V8's, which costs those nothing that do not ask for it. */
export const hooksPromises = Number(process.versions.node.split('.')[0]) < 24;

/**
 * Next follows each page with AsyncLocalStorage, for which Node before 24 hooks every promise and callback of
 * the process from then on: 13 % of the CPU time of single events, which have no use for it. While no page has
 * been asked for in a while the storages are switched off; each switches itself on with its next `run`.
 * Node keeps every storage that ran, so what is kept here is bounded by what is kept there.
 * @param {{ quietMs?: number }} [options] how long after the last page; what a page left to be done sees its
 *   storage until then. Default 2,000.
 * @returns {{ enter: () => () => void }} told when a page begins; the answer is to be called once when it ends
 */
export function restContexts({ quietMs = 2_000 } = {}) {
  if (!hooksPromises) return { enter: () => () => {} };
  /** @type {Set<AsyncLocalStorage<unknown>>} */
  const used = new Set();
  noteUses((storage) => used.add(storage));
  let pages = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  const rest = () => {
    for (const storage of used) storage.disable();
    used.clear();
  };
  return {
    enter: () => {
      pages += 1;
      clearTimeout(timer);
      return () => {
        pages -= 1;
        if (pages === 0) timer = setTimeout(rest, quietMs).unref();
      };
    },
  };
}

/** @param {(storage: AsyncLocalStorage<unknown>) => void} note */
function noteUses(note) {
  const { prototype } = AsyncLocalStorage;
  for (const name of /** @type {const} */ (['run', 'enterWith'])) {
    const original = prototype[name];
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      value: /** @this {AsyncLocalStorage<unknown>} @param {unknown[]} args */ function (...args) {
        note(this);
        return Reflect.apply(original, this, args);
      },
    });
  }
}

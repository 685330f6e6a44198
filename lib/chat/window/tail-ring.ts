/** What came and was not drawn yet. Past the bound the oldest go: `takeAll` then says that something is missing. */
export type TailRing<Item> = {
  push(items: readonly Item[]): void;
  takeAll(): { readonly items: readonly Item[]; readonly dropped: number };
  clear(): void;
  readonly size: number;
};

export function openTailRing<Item>(sizeMax: number): TailRing<Item> {
  let items: Item[] = [];
  let dropped = 0;
  return {
    push: (added) => {
      items.push(...added.slice(-sizeMax));
      dropped += Math.max(0, added.length - sizeMax);
      const over = items.length - sizeMax;
      if (over <= 0) return;
      items.splice(0, over);
      dropped += over;
    },
    takeAll: () => {
      const taken = { items, dropped };
      items = [];
      dropped = 0;
      return taken;
    },
    clear: () => {
      items = [];
      dropped = 0;
    },
    get size() {
      return items.length;
    },
  };
}

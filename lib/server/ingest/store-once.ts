import 'server-only';
import { isDeepStrictEqual } from 'node:util';

/** `raised`: an importer's row replaced a stored one that had fewer tokens. */
export type Outcome = 'accepted' | 'duplicate' | 'conflict' | 'raised';

export type StoreOnceOptions<Row> = {
  readonly keyOf: (row: Row) => string;
  /** What was sent, without time: equal values make a duplicate, others a conflict. */
  readonly valuesOf: (row: Row) => readonly unknown[];
  /** Which of two rows with one key is stored. Default the first. */
  readonly prefer?: (first: Row, second: Row) => Row;
  /** Inserts rows with distinct keys. @returns the keys that were new. */
  readonly insert: (rows: readonly Row[]) => Promise<'all' | ReadonlySet<string>>;
  /** `valuesOf` of the stored rows. */
  readonly findValues: (rows: readonly Row[]) => Promise<ReadonlyMap<string, readonly unknown[]>>;
};

/** Stores each key once, however often it is among the rows, and says of each row what became of it. */
export async function storeOnce<Row>(
  rows: readonly Row[],
  options: StoreOnceOptions<Row>,
): Promise<readonly Outcome[]> {
  const chosen = new Map<string, Row>();
  for (const row of rows) {
    const key = options.keyOf(row);
    const first = chosen.get(key);
    if (first === undefined) chosen.set(key, row);
    else if (options.prefer) chosen.set(key, options.prefer(first, row));
  }
  const inserted = await options.insert([...chosen.values()]);
  if (inserted === 'all' && chosen.size === rows.length) return rows.map(() => 'accepted');

  const isNew = (key: string) => inserted === 'all' || inserted.has(key);
  const old = [...chosen].filter(([key]) => !isNew(key)).map(([, row]) => row);
  const stored = old.length === 0 ? new Map<string, readonly unknown[]>() : await options.findValues(old);
  return rows.map((row) => {
    const key = options.keyOf(row);
    const winner = chosen.get(key);
    if (winner === row && isNew(key)) return 'accepted';
    const kept = isNew(key) && winner !== undefined ? options.valuesOf(winner) : stored.get(key);
    return isDeepStrictEqual(kept, options.valuesOf(row)) ? 'duplicate' : 'conflict';
  });
}

/** Ascending by key: writers that hold the same ids in another order would wait for each other. */
export function byKey<Row extends { readonly key: string }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

import type { BenchSql } from '../bench-sql.ts';
import { median } from '../quantile.ts';
import type { Design } from './designs.ts';
import { batchRows, makeBatch } from './measure-windows.ts';

const repeats = 11;

/**
 * Sends 1,000 ids that are already stored, ids from anywhere in the table.
 * @returns the median of milliseconds a statement
 * @throws Error when one of them was taken for new
 */
export async function measureDedupe(sql: BenchSql, design: Design): Promise<number> {
  const events = design.tables[0] ?? '';
  const times: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const known = await sql.unsafe(
      `select array_agg(id order by id)::text as ids from (
        select id from ${events} tablesample system (2) repeatable (${repeat}) order by random() limit ${batchRows}) s`,
    );
    const [project = '', , ...others] = makeBatch(0, 'uuid');
    const start = performance.now();
    const [row] = await sql.unsafe(design.insert, [project, String(known[0]?.['ids']), ...others], {
      prepare: true,
    });
    times.push(performance.now() - start);
    if (row?.['accepted'] !== 0) throw new Error(`${design.name} took a known id for a new one.`);
  }
  return median(times);
}

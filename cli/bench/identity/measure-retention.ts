import type { BenchSql } from '../bench-sql.ts';
import type { Design } from './designs.ts';

/** Takes the second month out. @returns seconds a statement, in their order. */
export async function measureRetention(sql: BenchSql, design: Design): Promise<readonly number[]> {
  const seconds: number[] = [];
  for (const statement of design.dropMonth('2026-07')) {
    const start = performance.now();
    await sql.unsafe(statement);
    seconds.push((performance.now() - start) / 1_000);
  }
  return seconds;
}

/** Bytes on disk of all of a design's tables, indexes with them. */
export async function measureSize(sql: BenchSql, design: Design): Promise<number> {
  const roots = design.tables.map((table) => `'${table}'`).join(', ');
  const [row] = await sql.unsafe(
    `select sum(coalesce(
        (select sum(pg_total_relation_size(t.relid)) from pg_partition_tree(root) t where t.isleaf),
        pg_total_relation_size(root)))::text as bytes
     from unnest(array[${roots}]::regclass[]) root`,
  );
  return Number(row?.['bytes']);
}

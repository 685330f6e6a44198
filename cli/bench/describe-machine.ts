import { cpus, loadavg, totalmem } from 'node:os';
import type { BenchSql } from './bench-sql.ts';

/** One line that says where figures come from: cores, CPU, memory, Node, Postgres, date and present load. */
export async function describeMachine(sql: BenchSql, now: Date): Promise<string> {
  const [row] = await sql.unsafe(`select current_setting('server_version') as version,
    current_setting('shared_buffers') as buffers, current_setting('synchronous_commit') as synchronous`);
  const all = cpus();
  return [
    `${all.length} x ${all[0]?.model.trim() ?? 'unknown CPU'}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Node ${process.versions.node}`,
    `Postgres ${row?.['version']} (shared_buffers ${row?.['buffers']}, synchronous_commit ${row?.['synchronous']})`,
    now.toISOString().slice(0, 10),
    `load average ${loadavg()[0]?.toFixed(1)}`,
  ].join(', ');
}

import { readFile } from 'node:fs/promises';

/** The memory that a process holds now. Linux only. */
export async function readResidentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return 1_024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
}

import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ, which Linux fixes at 100 for /proc whatever the kernel's own tick is. */
const microsPerTick = 10_000;

/**
 * CPU time in microseconds that a process and its living and ended children have used so far, with a
 * resolution of 10 ms. Linux only.
 * @throws Error when the process is gone
 */
export function cpuMicros(pid: number): number {
  const own = readStat(pid);
  if (own === null) throw new Error(`Process ${pid} is gone.`);
  let ticks = own.ownTicks + own.endedChildrenTicks;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const child = readStat(Number(name));
    if (child?.parent === pid) ticks += child.ownTicks + child.endedChildrenTicks;
  }
  return ticks * microsPerTick;
}

type Stat = { readonly parent: number; readonly ownTicks: number; readonly endedChildrenTicks: number };

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces and brackets: count from its last bracket.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, userTicks = 0, systemTicks = 0, endedUser = 0, endedSystem = 0] = [
      fields[1],
      fields[11],
      fields[12],
      fields[13],
      fields[14],
    ];
    return { parent, ownTicks: userTicks + systemTicks, endedChildrenTicks: endedUser + endedSystem };
  } catch {
    // It ended while the list was read: its time is with its parent by now.
    return null;
  }
}

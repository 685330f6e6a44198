import { readFileSync } from 'node:fs';

const parentPollMs = 250;

/**
 * Aborts when this process is asked to stop: by a signal, or by the end of the npm that runs it, however
 * that ended. Further requests change nothing.
 * @returns {AbortSignal}
 */
export function listenForStop() {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  // A closed terminal or pipe must not end us before the database is stopped.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const callers = listCallers();
    setInterval(() => void (listCallers() !== callers && stop()), parentPollMs).unref();
  }
  return controller.signal;
}

/** Our parent, and its parent where npm has put a shell between (which outlives a killed npm). */
function listCallers() {
  try {
    const command = readFileSync(`/proc/${process.ppid}/cmdline`, 'utf8');
    if (!/^\S*sh\0-c\0/.test(command)) return String(process.ppid);
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    // No /proc here, or the parent ended while it was read, which changes the answer too.
    return String(process.ppid);
  }
}

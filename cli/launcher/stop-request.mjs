const parentPollMs = 250;

/**
 * Aborts when this process is asked to stop: by a signal, or by the end of the npm that runs it (npm does
 * not pass SIGTERM on). Further requests change nothing.
 * @returns {AbortSignal}
 */
export function listenForStop() {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const parent = process.ppid;
    setInterval(() => void (process.ppid !== parent && stop()), parentPollMs).unref();
  }
  return controller.signal;
}

/** What the work gives, or the signal's reason as soon as it is aborted: for work that may ignore its signal. */
export async function untilAborted<R>(work: Promise<R>, signal: AbortSignal): Promise<R> {
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    stop = () => signal.removeEventListener('abort', abort);
  });
  // What fails after nobody waits for it any more is no unhandled rejection.
  work.catch(() => {});
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stop();
  }
}

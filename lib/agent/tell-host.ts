/** Tells a listener of the host. What it throws, or rejects with, must not cost the agent its run. */
export function tellHost<Args extends readonly unknown[]>(
  listener: ((...args: Args) => unknown) | undefined,
  ...args: Args
): void {
  if (listener === undefined) return;
  try {
    const answer = listener(...args);
    if (answer instanceof Promise) answer.catch(() => {});
  } catch {
    // The host's own fault, in the host's own code: there is nobody else to tell.
  }
}

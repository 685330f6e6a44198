/** What a call touches; null = everything. `safe` ones only look. */
export type CallReach = { readonly safe: boolean; readonly resources: readonly string[] | null };

/**
 * For each call, which earlier ones it must wait for: those that touch something that it touches too, unless
 * both only look. In order, so that nothing waits in a circle.
 */
export function planCalls(calls: readonly CallReach[]): readonly (readonly number[])[] {
  return calls.map((call, index) =>
    calls.slice(0, index).flatMap((earlier, earlierIndex) => (mustWait(call, earlier) ? [earlierIndex] : [])),
  );
}

function mustWait(call: CallReach, earlier: CallReach): boolean {
  if (call.safe && earlier.safe) return false;
  if (call.resources === null || earlier.resources === null) return true;
  return call.resources.some((resource) => earlier.resources?.includes(resource));
}

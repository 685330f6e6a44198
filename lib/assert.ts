/** Throws when the programmer was wrong. Never use it on input: input gets an `AppError`. */
export function assert(condition: unknown, claim: string): asserts condition {
  if (!condition) throw new Error(`Broken promise: ${claim}`);
}

/** Ends a `switch` over a union, so that a new member is a type error here. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}

/** Where a session's weight and its landmarks are, small enough for any session. */
export type SessionOutline = {
  readonly lastSeq: number;
  readonly epoch: number;
  readonly clearedThroughSeq: number;
  /** Of all readable messages. */
  readonly bytes: number;
  /** At most 500, the heaviest first. */
  readonly heavy: readonly { readonly seq: number; readonly bytes: number }[];
  /** The last 100, rising. */
  readonly compactions: readonly number[];
  /** Messages at which the last 100 failed calls happened, rising. */
  readonly errors: readonly number[];
};

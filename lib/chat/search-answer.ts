export type SearchHit = {
  readonly seq: number;
  readonly role: string;
  readonly kind: string;
  readonly toolName: string | null;
  /** The words with what stands around them; at most 200 characters. */
  readonly snippet: string;
};

/** One stretch of a search from the newest message back. */
export type SearchAnswer = {
  readonly hits: readonly SearchHit[];
  /** Everything from here to where this stretch began has been looked at. */
  readonly searchedFrom: number;
  /** `before` of the next stretch; null when all is searched. */
  readonly nextBefore: number | null;
  readonly epoch: number;
};

/** What usage was reported under, of each kind the first 500 in the order in which they came. */
export type Names = {
  readonly agents: readonly string[];
  readonly models: readonly string[];
  readonly providers: readonly string[];
};

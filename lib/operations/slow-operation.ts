/** Above it an operation counts as slow: the toolkit warns then, and a partial index holds just these. */
export const slowOperationMs = 5_000;

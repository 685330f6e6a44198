/**
 * Model calls by the size of their context, each class with a target for its answer. The numbers of the classes
 * (their places here) and what is late are stored in `call_class_rollups`: other bounds need them folded anew.
 */
export const callClasses = [
  { name: 'simple', tokensBelow: 2_000, targetMs: 5_000 },
  { name: 'medium', tokensBelow: 5_001, targetMs: 10_000 },
  { name: 'complex', tokensBelow: Number.POSITIVE_INFINITY, targetMs: 15_000 },
] as const;

export type CallClassName = (typeof callClasses)[number]['name'];

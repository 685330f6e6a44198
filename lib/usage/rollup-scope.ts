/** What usage can be grouped by. */
export const usageDimensions = ['agent', 'provider', 'model', 'source'] as const;
export type UsageDimension = (typeof usageDimensions)[number];

/** Which dimensions a rollup row keeps; the numbers are stored (db/queries/fold-deltas.ts) and never change. */
export const rollupScopes = { project: 0, agent: 1, model: 2, source: 3, cube: 4 } as const;

/** UTC buckets of the rollups in minutes, the coarsest first. A quarter of an hour divides every zone's offset. */
export const rollupGrains = [1_440, 60, 15] as const;

/** The narrowest scope that still knows the asked dimensions. A model belongs to one provider. */
export function rollupScope(dimensions: readonly UsageDimension[]): number {
  const asked = new Set(dimensions.map((dimension) => (dimension === 'provider' ? 'model' : dimension)));
  if (asked.size > 1) return rollupScopes.cube;
  const [only] = asked;
  return only === undefined ? rollupScopes.project : rollupScopes[only];
}

import type { ProjectedAmounts, RunOut } from './spend-projection.ts';

type PathPoint = { readonly atMs: number } & ProjectedAmounts;

/**
 * The instants at which the limit is reached on the dearer, the middle and the cheaper way. Between two points
 * of the path spend is taken as even.
 */
export function findRunOut(path: readonly PathPoint[], limit: bigint): RunOut {
  return {
    earliestMs: crossingMs(path, limit, 'p90'),
    likelyMs: crossingMs(path, limit, 'p50'),
    latestMs: crossingMs(path, limit, 'p10'),
  };
}

function crossingMs(path: readonly PathPoint[], limit: bigint, way: keyof ProjectedAmounts): number | null {
  const index = path.findIndex((point) => point[way] >= limit);
  const point = path[index];
  if (point === undefined) return null;
  const before = path[index - 1];
  if (before === undefined) return point.atMs;
  const share = Number(limit - before[way]) / Number(point[way] - before[way]);
  return Math.round(before.atMs + share * (point.atMs - before.atMs));
}

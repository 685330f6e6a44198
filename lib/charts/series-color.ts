import type { Names } from '#lib/usage/names.ts';
import type { UsageDimension } from '#lib/usage/rollup-scope.ts';
import { sources } from '#lib/usage/source.ts';

/** How many series colours the style sheet has (`--series-1` to `--series-14`). */
export const seriesColors = 14;

export type SeriesName = { readonly by: UsageDimension; readonly name: string };
export type SeriesColor = (series: SeriesName) => number;

/**
 * The colour of a name, 1 to 14: the same on every page, whatever is filtered. It hangs on the name's place in
 * the order in which the project's names came, so that those that came within one round of colours never share
 * one, and a later name takes nothing from an earlier. A name that is not in the list has one by its letters.
 */
export function seriesColor(names: Names): SeriesColor {
  const places = {
    agent: placesOf(names.agents),
    model: placesOf(names.models),
    provider: placesOf(names.providers),
    source: placesOf(sources),
  } satisfies Record<UsageDimension, ReadonlyMap<string, number>>;
  return ({ by, name }) => ((places[by].get(name) ?? hashOf(name)) % seriesColors) + 1;
}

function placesOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, place) => [name, place]));
}

/** FNV-1a, 32 bits. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}

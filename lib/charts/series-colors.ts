import { seriesColors, seriesNumber } from './series-number.ts';

/**
 * Colours for the names of one picture, 1 to 7. Each has the colour that it has on all pages; where two would
 * share one, the later takes the next that is free, as long as there is one.
 */
export function assignSeriesColors(names: readonly string[]): ReadonlyMap<string, number> {
  const taken = new Set<number>();
  const colors = new Map<string, number>();
  for (const name of names) {
    if (colors.has(name)) continue;
    const own = seriesNumber(name);
    const candidates = Array.from(
      { length: seriesColors },
      (_, step) => ((own - 1 + step) % seriesColors) + 1,
    );
    const color = candidates.find((candidate) => !taken.has(candidate)) ?? own;
    taken.add(color);
    colors.set(name, color);
  }
  return colors;
}

/** How many series colours the style sheet has (`--series-1` to `--series-7`). */
export const seriesColors = 7;

/**
 * The colour of a name, 1 to 7, the same on every page and in every session: it hangs on the name alone, not
 * on its rank. Two names may share a colour, so that a label always stands beside it. FNV-1a, 32 bits.
 */
export function seriesNumber(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193) >>> 0;
  }
  return (hash % seriesColors) + 1;
}

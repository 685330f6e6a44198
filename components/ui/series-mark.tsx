import { seriesInk } from './series-ink.ts';

/** The colour of a series; null is what all others share. Its name stands beside it. */
export function SeriesMark({ color }: { readonly color: number | null }) {
  return (
    <span
      aria-hidden="true"
      className={`inline-block size-2 shrink-0 rounded-sm bg-current ${seriesInk(color)}`}
    />
  );
}

import type { SessionOutline } from './session-outline.ts';

export type Landmark = 'error' | 'compaction' | 'heaviest';

type Search = {
  readonly landmark: Landmark;
  /** The message to start from; for the heaviest, the one that was shown last. */
  readonly from: number | null;
  readonly direction: 'next' | 'previous';
};

/**
 * The nearest failed call or compaction after or before a message. Of the heaviest messages the next one is the
 * next lighter, from the heaviest of all on. Null where there is none.
 */
export function findLandmark(
  outline: SessionOutline | undefined,
  { landmark, from, direction }: Search,
): number | null {
  if (outline === undefined) return null;
  if (landmark === 'heaviest') {
    const at = outline.heavy.findIndex(({ seq }) => seq === from);
    return outline.heavy[at + (direction === 'next' ? 1 : -1)]?.seq ?? null;
  }
  const seqs = landmark === 'error' ? outline.errors : outline.compactions;
  if (direction === 'next') return seqs.find((seq) => seq > (from ?? -1)) ?? null;
  return seqs.findLast((seq) => seq < (from ?? Number.POSITIVE_INFINITY)) ?? null;
}

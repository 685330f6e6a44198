import 'server-only';

/** Whether the next flush of a project may be stored as if all its ids were new. */
export type Novelty = {
  isExpected(): boolean;
  /** What came of a flush. */
  note(wereAllNew: boolean): void;
};

const doubtedFlushes = 100;

/**
 * A wrong guess costs the flush twice, and its rows stay behind as dead ones until they are vacuumed: after a
 * known id a hundred flushes are not guessed.
 */
export function openNovelty(): Novelty {
  let doubtsLeft = 0;
  return {
    isExpected: () => {
      if (doubtsLeft === 0) return true;
      doubtsLeft--;
      return false;
    },
    note: (wereAllNew) => {
      if (!wereAllNew) doubtsLeft = doubtedFlushes;
    },
  };
}

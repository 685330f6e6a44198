import { isDuplicate } from '../database-error.ts';

const triesMax = 5;

/**
 * Runs an insert with the id of a flush, again with the next one where a replica made the same in the same
 * millisecond: nothing is stored then.
 */
export async function withFlushId<T>(
  nextFlushId: () => number,
  insert: (flushId: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await insert(nextFlushId());
    } catch (error) {
      if (attempt >= triesMax || !isDuplicate(error)) throw error;
    }
  }
}

import type { PageMessage } from './message-view.ts';

export type NewInContext = {
  /** The heaviest first. */
  readonly added: readonly PageMessage[];
  readonly tokens: number;
  /** False when the call before was not among what is loaded. */
  readonly isWhole: boolean;
  /** Context of this call against that of the call before, in tokens; null where one is not known. */
  readonly change: number | null;
};

const reachMax = 400;

/**
 * The messages between a message that came from a call and the one before it that did: the model read them for
 * the first time with this call.
 */
export function newInContext(seq: number, rowOf: (seq: number) => PageMessage | undefined): NewInContext {
  const added: PageMessage[] = [];
  let before: PageMessage | undefined;
  let isWhole = false;
  for (let at = seq - 1; at >= Math.max(0, seq - reachMax); at--) {
    const row = rowOf(at);
    if (row === undefined) break;
    isWhole = at === 0;
    if (row.call !== null) {
      before = row;
      isWhole = true;
      break;
    }
    added.push(row);
  }
  // The answer to the call before is itself new to this one.
  if (before !== undefined) added.push(before);
  const context = rowOf(seq)?.call?.contextTokens;
  return {
    added: added.toSorted((a, b) => b.tokens - a.tokens || a.seq - b.seq),
    tokens: added.reduce((sum, { tokens }) => sum + tokens, 0),
    isWhole: isWhole || seq === 0,
    change: context === undefined || !before?.call ? null : context - before.call.contextTokens,
  };
}

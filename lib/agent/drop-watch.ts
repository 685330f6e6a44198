import { BoundedMap } from './bounded-map.ts';
import { callSignature } from './call-input.ts';
import type { ToolCallFacts } from './chat-message.ts';

export type DropWatchReport = {
  /** Calls whose results were dropped from a context. */
  readonly dropped: number;
  /** Of those, how many the model made again. */
  readonly askedAgain: number;
  /** `askedAgain / dropped`, 0 when nothing was dropped. Near 0, the limits cost nothing. */
  readonly share: number;
};

/**
 * Measures what pruning costs: tool calls whose results were dropped and that the model then made again.
 * Remembers the newest 1,000 dropped calls.
 */
export class DropWatch {
  readonly #dropped = new BoundedMap<string, true>({ sizeMax: 1_000 });
  #droppedCount = 0;
  #askedAgain = 0;

  /** Takes what `droppedCalls()` of `pruneContext` gives. */
  noteDropped(signatures: readonly string[]): void {
    for (const signature of signatures) {
      if (this.#dropped.has(signature)) continue;
      this.#dropped.set(signature, true);
      this.#droppedCount++;
    }
  }

  /** Tells of a call that the model makes now. True when it was dropped before. */
  noteCall(call: ToolCallFacts): boolean {
    if (!this.#dropped.delete(callSignature(call))) return false;
    this.#askedAgain++;
    return true;
  }

  report(): DropWatchReport {
    const dropped = this.#droppedCount;
    return { dropped, askedAgain: this.#askedAgain, share: dropped === 0 ? 0 : this.#askedAgain / dropped };
  }

  close(): void {
    this.#dropped.close();
  }
}

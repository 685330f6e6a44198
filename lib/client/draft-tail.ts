import type { DraftView } from '#lib/chat/draft-view.ts';

export type DraftTail = ReturnType<typeof openDraftTail>;

/** A draft that was told of this long ago may be over: nobody tells when its writer fell silent. */
const silenceMs = 30_000;

/**
 * The message that is being written, apart from the rows: it changes far more often than they do. What is told is
 * drawn with the next frame, the newest only.
 */
export function openDraftTail({ onSilence }: { readonly onSilence: () => void }) {
  const listeners = new Set<() => void>();
  let drawn: DraftView | null = null;
  let told: DraftView | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(draft: DraftView | null): void {
    told = draft;
    clearTimeout(timer);
    timer = draft === null ? undefined : setTimeout(onSilence, silenceMs);
  }

  return {
    /** What an answer had at its end. @returns whether there is anything to draw. */
    tell: (draft: DraftView | null): boolean => {
      tell(draft);
      return told !== drawn;
    },
    /** An older answer may come late. */
    isLater: (draft: DraftView): boolean => told === null || draft.ts >= told.ts,
    /** @returns whether there is a draft now. */
    draw: (): boolean => {
      if (told !== drawn) {
        drawn = told;
        for (const listener of [...listeners]) listener();
      }
      return drawn !== null;
    },
    drawn: () => drawn,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** Forgets it at once. */
    clear: () => {
      tell(null);
      drawn = null;
    },
  };
}

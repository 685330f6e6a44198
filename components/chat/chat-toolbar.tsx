'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import { findLandmark, type Landmark } from '#lib/chat/find-landmark.ts';
import type { SessionOutline } from '#lib/chat/session-outline.ts';
import type { ChatStore } from '#lib/client/chat-store.ts';
import { findTurn } from '#lib/client/find-turn.ts';

type ChatToolbarProps = {
  readonly sessionId: string;
  readonly store: ChatStore;
  readonly outline: SessionOutline | undefined;
};

type Target = 'turn' | Landmark;
const targets = [
  { value: 'turn', label: 'User turn' },
  { value: 'error', label: 'Failed call' },
  { value: 'compaction', label: 'Compaction' },
  { value: 'heaviest', label: 'Heaviest' },
] as const satisfies readonly { value: Target; label: string }[];

/** Ways to a message: its number, or the nearest of a kind. */
export function ChatToolbar({ sessionId, store, outline }: ChatToolbarProps) {
  const [text, setText] = useState('');
  const [target, setTarget] = useState<Target>('turn');
  const [at, setAt] = useState<number | null>(null);
  const showToast = useToast();

  const go = async (direction: 'next' | 'previous') => {
    const from = at ?? store.seen().first;
    try {
      const seq =
        target === 'turn'
          ? await findTurn({ sessionId, from, direction })
          : findLandmark(outline, { landmark: target, from: target === 'heaviest' ? at : from, direction });
      if (seq === null) return showToast(`There is no ${direction} one.`);
      setAt(seq);
      nameSeq(seq);
    } catch (error) {
      showToast(error instanceof Error ? error.message : 'It could not be found.');
    }
  };
  // A name in the address is a jump, and the way back from it; the same name again changes no address.
  const nameSeq = (seq: number) => {
    if (window.location.hash === `#${seq}`) void store.jumpTo(seq);
    else window.location.hash = `#${seq}`;
  };
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
      <form
        className="flex items-end gap-1.5"
        onSubmit={(event) => {
          event.preventDefault();
          const seq = Number(text.replaceAll(/[^\d]/g, ''));
          if (text.trim() === '' || !Number.isSafeInteger(seq)) return;
          setAt(seq);
          nameSeq(seq);
        }}
      >
        <div className="w-32">
          <TextField label="Go to message" value={text} onValueChange={setText} inputMode="numeric" />
        </div>
        <Button type="submit">Go</Button>
      </form>
      <div className="flex items-end gap-1.5">
        <SelectField
          label="Jump to"
          value={target}
          options={targets}
          onValueChange={(next) => {
            setTarget(next);
            setAt(null);
          }}
        />
        <Button onClick={() => void go('previous')}>Previous</Button>
        <Button onClick={() => void go('next')}>Next</Button>
      </div>
    </div>
  );
}

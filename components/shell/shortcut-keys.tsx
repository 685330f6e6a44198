'use client';

import { useRouter } from 'next/navigation';
import { lazy, type RefObject, Suspense, useEffect, useState } from 'react';
import { shortcutPlaces, shortcutsOffKey } from './shortcut-places.ts';

// Dialogs bring 20 kB of script.
const ShortcutsDialog = lazy(async () => ({
  default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog,
}));
const chordMs = 1_500;

type ShortcutKeysProps = {
  /** Pressed before this was here; it takes them and leaves null. */
  readonly waiting: RefObject<KeyboardEvent[] | null>;
  /** How often the list was asked for by the button. */
  readonly asked: number;
};

/** Listens to keys: `g` and a letter, `/` and `?`. */
export function ShortcutKeys({ waiting, asked }: ShortcutKeysProps) {
  const router = useRouter();
  const [shown, setShown] = useState({ asked: 0, isOpen: false, wasOpen: false });
  if (asked !== shown.asked) setShown({ asked, isOpen: true, wasOpen: true });
  useEffect(() => {
    let chordUntilMs = 0;
    const onKey = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || isTypedInto(target) || isOff()) return;
      const place = Object.entries(shortcutPlaces).find(([letter]) => letter === key)?.[1];
      const isChord = performance.now() < chordUntilMs;
      chordUntilMs = key === 'g' ? performance.now() + chordMs : 0;
      if (isChord && place !== undefined) router.push(place.href);
      else if (key === '?') setShown((now) => ({ ...now, isOpen: true, wasOpen: true }));
      else if (key === '/') focusSearch(event);
    };
    for (const event of waiting.current ?? []) onKey(event);
    waiting.current = null;
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [router, waiting]);
  return shown.wasOpen ? (
    <Suspense fallback={null}>
      <ShortcutsDialog isOpen={shown.isOpen} onOpenChange={(isOpen) => setShown({ ...shown, isOpen })} />
    </Suspense>
  ) : null;
}

function focusSearch(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLElement>('main input[type=search]');
  if (field === null) return;
  // The key itself is not a part of what is looked for.
  event.preventDefault();
  field.focus();
}

function isTypedInto(target: EventTarget | null): boolean {
  const fields = 'input:not([type=radio],[type=checkbox]),textarea,select,[contenteditable],[role=dialog]';
  return target instanceof Element && target.closest(fields) !== null;
}

function isOff(): boolean {
  try {
    return localStorage.getItem(shortcutsOffKey) !== null;
  } catch {
    // Without storage nobody can have turned them off.
    return false;
  }
}

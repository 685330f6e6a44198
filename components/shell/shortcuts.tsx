'use client';

import { useRouter } from 'next/navigation';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { shortcutPlaces, shortcutsOffKey } from './shortcut-places.ts';

// Dialogs bring 20 kB of script.
const ShortcutsDialog = lazy(async () => ({
  default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog,
}));
const chordMs = 1_500;

/** Keys that work on every page, and the list of all keys. */
export function Shortcuts() {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [wasAsked, setWasAsked] = useState(false);
  const show = () => {
    setWasAsked(true);
    setOpen(true);
  };
  useEffect(() => {
    let chordUntilMs = 0;
    const onKey = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTypedInto(target) || isOff()) return;
      const place = Object.entries(shortcutPlaces).find(([letter]) => letter === key)?.[1];
      const isChord = performance.now() < chordUntilMs;
      chordUntilMs = key === 'g' ? performance.now() + chordMs : 0;
      if (isChord && place !== undefined) router.push(place.href);
      else if (key === '?') {
        setWasAsked(true);
        setOpen(true);
      } else if (key === '/') {
        const field = document.querySelector<HTMLElement>('main input[type=search]');
        if (field === null) return;
        event.preventDefault();
        field.focus();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [router]);
  return (
    <>
      <span className="max-md:hidden">
        <Button tone="bare" size="small" onClick={show}>
          Keys
        </Button>
      </span>
      {wasAsked ? (
        <Suspense fallback={null}>
          <ShortcutsDialog isOpen={isOpen} onOpenChange={setOpen} />
        </Suspense>
      ) : null}
    </>
  );
}

function isTypedInto(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input:not([type=radio],[type=checkbox]),textarea,select,[contenteditable],[role=dialog]',
    ) !== null
  );
}

function isOff(): boolean {
  try {
    return localStorage.getItem(shortcutsOffKey) !== null;
  } catch {
    // Without storage nobody can have turned them off.
    return false;
  }
}

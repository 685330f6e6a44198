'use client';

import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';

const ShortcutKeys = lazy(async () => ({
  default: (await import('./shortcut-keys.tsx')).ShortcutKeys,
}));

/** Keys that work on every page, and the list of all keys. What they do is loaded with the first that is pressed. */
export function Shortcuts() {
  // It is drawn once or twice: what the compiler adds to every page would be most of it.
  'use no memo';
  /** How often the list was asked for; below 0 nothing is loaded yet. */
  const [asked, setAsked] = useState(-1);
  // What is pressed while they load; null once they listen themselves.
  const waiting = useRef<KeyboardEvent[] | null>([]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (waiting.current?.length === 0 && !'g/?'.includes(event.key)) return;
      waiting.current?.push(event);
      setAsked((count) => Math.max(0, count));
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <span className="max-md:hidden">
      <Button tone="bare" size="small" onClick={() => setAsked(Math.max(0, asked) + 1)}>
        Keys
      </Button>
      <Suspense>{asked < 0 ? null : <ShortcutKeys waiting={waiting} asked={asked} />}</Suspense>
    </span>
  );
}

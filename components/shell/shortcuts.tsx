'use client';

import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';

const ShortcutKeys = lazy(async () => ({
  default: (await import('./shortcut-keys.tsx')).ShortcutKeys,
}));

/** Keys that work on every page, and the list of all keys. What they do is loaded with the first that is pressed. */
export function Shortcuts() {
  const [isAwake, setAwake] = useState(false);
  const [asked, setAsked] = useState(0);
  // What is pressed while they load; null once they listen themselves.
  const waiting = useRef<KeyboardEvent[] | null>([]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (waiting.current?.length === 0 && !'g/?'.includes(event.key)) return;
      waiting.current?.push(event);
      setAwake(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <span className="max-md:hidden">
        <Button tone="bare" size="small" onClick={() => setAsked(asked + 1)}>
          Keys
        </Button>
      </span>
      <Suspense fallback={null}>
        {isAwake || asked > 0 ? <ShortcutKeys waiting={waiting} asked={asked} /> : null}
      </Suspense>
    </>
  );
}

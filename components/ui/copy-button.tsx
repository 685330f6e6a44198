'use client';

import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

type CopyButtonProps = {
  readonly text: string;
  /** What is copied, for those who hear the page: "key", "command". */
  readonly what: string;
};

type Outcome = 'idle' | 'copied' | 'failed';

const outcomeShownMs = 2_000;

/** Copies a text and says whether it worked: browsers refuse on plain http away from localhost. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), outcomeShownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <Button size="small" onClick={() => copyText(text).then(setOutcome)}>
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
      <span aria-live="polite">
        {outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Select and copy by hand' : 'Copy'}
      </span>
      {outcome === 'idle' ? <span className="sr-only"> {what}</span> : null}
    </Button>
  );
}

async function copyText(text: string): Promise<Outcome> {
  try {
    await navigator.clipboard.writeText(text);
    return 'copied';
  } catch {
    // No clipboard without a secure context or permission; the button says so, the text stays selectable.
    return 'failed';
  }
}

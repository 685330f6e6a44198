'use client';

import { useEffect, useState } from 'react';
import type { CodeLine } from '#lib/client/colour-code.ts';
import { highlightCode } from '#lib/client/highlight-code.ts';

type CodeTextProps = { readonly text: string; readonly language: string | null };

/** Longer code stays plain: its pieces would be thousands of elements. */
const charactersMax = 6_000;

/** A block of code; coloured once it has been on the screen for a moment. */
export function CodeText({ text, language }: CodeTextProps) {
  const [lines, setLines] = useState<readonly CodeLine[] | null>(null);
  useEffect(() => {
    setLines(null);
    if (language === null || text.length > charactersMax) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      void highlightCode({ text, language, signal: abort.signal }).then((found) => {
        if (!abort.signal.aborted) setLines(found);
      });
    }, 120);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, language]);
  return (
    <pre className="max-w-full overflow-x-auto rounded-md bg-sunk px-3 py-2 font-mono text-xs whitespace-pre">
      <code>
        {lines === null ? text : lines.map((line, at) => <Line key={line[0]?.at ?? -at} line={line} />)}
      </code>
    </pre>
  );
}

function Line({ line }: { readonly line: CodeLine }) {
  return (
    <>
      {line.map(({ at, text, name }) =>
        name === null ? (
          text
        ) : (
          <span key={at} className={`code-${name}`}>
            {text}
          </span>
        ),
      )}
      {'\n'}
    </>
  );
}

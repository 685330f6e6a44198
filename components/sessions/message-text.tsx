import { revealHiddenCharacters } from '#lib/format/reveal-hidden-characters.ts';

/** A message's text, escaped and unformatted. Nothing in a transcript is trusted. */
export function MessageText({ text }: { readonly text: string }) {
  if (text === '') return <p className="text-sm text-muted">Empty.</p>;
  return (
    <pre className="w-full max-w-[100ch] font-sans text-base break-words whitespace-pre-wrap">
      {revealHiddenCharacters(text)}
    </pre>
  );
}

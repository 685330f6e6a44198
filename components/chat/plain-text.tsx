import { classNames } from '#components/ui/class-names.ts';
import { revealHiddenCharacters } from '#lib/format/reveal-hidden-characters.ts';

type PlainTextProps = { readonly text: string; readonly isCode?: boolean };

/** A text as it is, escaped and unformatted. Nothing in a transcript is trusted. */
export function PlainText({ text, isCode = false }: PlainTextProps) {
  if (text === '') return <p className="text-sm text-muted">Empty.</p>;
  return (
    <pre
      className={classNames(
        'w-full max-w-[110ch] break-words whitespace-pre-wrap',
        isCode ? 'font-mono text-xs' : 'font-sans text-base',
      )}
    >
      {revealHiddenCharacters(text)}
    </pre>
  );
}

import { classNames } from './class-names.ts';
import { CopyButton } from './copy-button.tsx';

type CodeBlockProps = { readonly code: string; readonly what: string };

/** Longer than this, or of several lines, wants the whole width. */
const lineCharactersMax = 40;

/** A command or value to copy. It breaks anywhere instead of scrolling sideways. */
export function CodeBlock({ code, what }: CodeBlockProps) {
  const isLine = code.length <= lineCharactersMax && !code.includes('\n');
  return (
    <div
      className={classNames(
        'flex gap-2 rounded-md border border-hairline bg-sunk p-3',
        isLine ? 'items-center justify-between' : 'flex-col items-end',
      )}
    >
      <pre
        className={classNames(
          'min-w-0 font-mono text-xs break-all whitespace-pre-wrap text-ink',
          !isLine && 'w-full',
        )}
      >
        {code}
      </pre>
      <CopyButton text={code} what={what} />
    </div>
  );
}

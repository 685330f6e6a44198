import { CopyButton } from './copy-button.tsx';

type CodeBlockProps = { readonly code: string; readonly what: string };

/** A command or value to copy. It breaks anywhere instead of scrolling sideways. */
export function CodeBlock({ code, what }: CodeBlockProps) {
  return (
    <div className="flex items-start justify-between gap-3 rounded-md border border-hairline bg-sunk p-3">
      <pre className="min-w-0 flex-1 self-center font-mono text-xs break-all whitespace-pre-wrap text-ink">
        {code}
      </pre>
      <CopyButton text={code} what={what} />
    </div>
  );
}

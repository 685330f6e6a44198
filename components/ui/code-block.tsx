import { CopyButton } from './copy-button.tsx';

type CodeBlockProps = { readonly code: string; readonly what: string };

/** A command or value to copy. It breaks anywhere instead of scrolling sideways. */
export function CodeBlock({ code, what }: CodeBlockProps) {
  return (
    <div className="flex flex-col items-end gap-2 rounded-md border border-hairline bg-sunk p-3">
      <pre className="w-full font-mono text-xs break-all whitespace-pre-wrap text-ink">{code}</pre>
      <CopyButton text={code} what={what} />
    </div>
  );
}

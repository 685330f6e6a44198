'use client';

import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import type { NewApiKey } from '#lib/client/api-key.ts';
import { ingestCurl } from '#lib/client/ingest-curl.ts';

type NewKeyProps = { readonly apiKey: NewApiKey; readonly onDone: () => void };

/** The key, the only time it is seen, and a line that tries it. */
export function NewKey({ apiKey, onDone }: NewKeyProps) {
  return (
    <>
      <CodeBlock code={apiKey.key} what="key" />
      {apiKey.scopes.includes('ingest') ? (
        <div className="flex flex-col gap-2">
          <p className="text-sm text-muted">Paste this into a terminal to send a first usage event:</p>
          <CodeBlock code={ingestCurl({ origin: window.location.origin, key: apiKey.key })} what="command" />
        </div>
      ) : null}
      <div className="flex justify-end">
        <Button tone="main" onClick={onDone}>
          I have copied it
        </Button>
      </div>
    </>
  );
}

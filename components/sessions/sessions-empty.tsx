'use client';

import { CodeBlock } from '#components/ui/code-block.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ingestCurl } from '#lib/client/ingest-curl.ts';

/** No sessions at all, or none that the filter lets through. */
export function SessionsEmpty({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState title="No session matches">
        <p>The names of agent and model have to be exact; the session may be any part of its id.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No sessions yet">
      <p>
        A session is one conversation of an agent. It appears here with the first usage event or message that
        names it in <code className="font-mono text-sm">session</code>.
      </p>
      <CodeBlock code={ingestCurl({ origin: window.location.origin, key: '$PLIMSOLL_KEY' })} what="command" />
    </EmptyState>
  );
}

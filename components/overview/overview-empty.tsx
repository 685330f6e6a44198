'use client';

import Link from 'next/link';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ingestCurl } from '#lib/client/ingest-curl.ts';

/** The way from nothing to the first event: a key, and one command. */
export function OverviewEmpty() {
  return (
    <EmptyState title="Nothing has been sent yet">
      <p>
        Here you will see what your agents spend, day by day, and which sessions grow heavy. Each model call
        is one usage event that your agent posts.
      </p>
      <ol className="flex list-decimal flex-col gap-3 pl-5">
        <li>
          <Link href="/settings" className="text-accent underline underline-offset-2">
            Create a key
          </Link>{' '}
          and put it in your shell: <code className="font-mono text-sm">export PLIMSOLL_KEY=plim_…</code>
        </li>
        <li>Send a first event. It is on this page the moment the answer says accepted.</li>
      </ol>
      <CodeBlock code={ingestCurl({ origin: window.location.origin, key: '$PLIMSOLL_KEY' })} what="command" />
    </EmptyState>
  );
}

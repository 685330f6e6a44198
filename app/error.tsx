'use client';

import { Button } from '#components/ui/button.tsx';

type PageErrorProps = { readonly error: unknown; readonly retry: () => void };

export default function PageError({ error, retry }: PageErrorProps) {
  const digest = digestOf(error);
  return (
    <main id="content" className="mx-auto flex max-w-xl flex-col items-start gap-4 px-4 py-24">
      <h1 className="text-xl font-medium">This page could not be shown</h1>
      <p className="text-muted">
        Nothing you stored is affected. If it happens again, look into the server's log
        {digest === null ? '.' : ` for ${digest}.`}
      </p>
      <Button tone="main" onClick={retry}>
        Try again
      </Button>
    </main>
  );
}

/** Next marks a failure on the server with a number that stands in its log too. */
function digestOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('digest' in error)) return null;
  return typeof error.digest === 'string' ? error.digest : null;
}

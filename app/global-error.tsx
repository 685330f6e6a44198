'use client';

import './globals.css';

/** Stands in when the root layout itself fails, so that it uses nothing of it. */
export default function GlobalError({ retry }: { readonly retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <main id="content" className="mx-auto flex max-w-xl flex-col items-start gap-4 px-4 py-24">
          <title>Plimsoll could not start this page</title>
          <h1 className="text-xl font-medium">Plimsoll could not start this page</h1>
          <p className="text-muted">Nothing you stored is affected. The server's log says why.</p>
          <button type="button" onClick={retry} className="rounded-md border border-control px-3 py-2">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useShowProject } from '#components/shell/use-show-project.ts';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ingestCurl } from '#lib/client/ingest-curl.ts';
import { projectsQuery } from '#lib/client/projects-query.ts';

/** Three ways from nothing to a full page: what is on this machine already, a demo, or a first event. */
export function OverviewEmpty() {
  return (
    <EmptyState title="Nothing has been sent yet">
      <p>
        Here you will see what your agents spend, day by day, and which sessions grow heavy. Run one of these
        in the folder of Plimsoll; the page fills by itself.
      </p>
      <ol className="flex flex-col divide-y divide-hairline">
        <Way title="Import what you have">
          <p>
            Reads the sessions that Claude Code, Codex, OpenClaw, Gemini CLI and OpenCode keep on this
            machine. A second run adds only what is new. Messages' text that is older than the{' '}
            <Link href="/settings#retention" className="text-accent underline underline-offset-2">
              days it is kept for
            </Link>{' '}
            is dropped soon after; what it cost stays.
          </p>
          <CodeBlock code="npm run import" what="import command" />
        </Way>
        <Way title="Look around in a demo">
          <p>
            A made-up month of five agents with the usual accidents: a loop that spends $300 in two days, a
            session that one tool bloats, a zombie. It stays apart from your own data and is removed with one
            command.
          </p>
          <CodeBlock code="npm run demo" what="demo command" />
          <OpenDemo />
        </Way>
        <Way title="Send a first event">
          <p>
            <Link href="/settings" className="text-accent underline underline-offset-2">
              Create a key
            </Link>{' '}
            and put it in your shell: <code className="font-mono text-sm">export PLIMSOLL_KEY=plim_…</code>{' '}
            Each model call is one usage event, on this page the moment the answer says accepted.
          </p>
          <CodeBlock
            code={ingestCurl({ origin: window.location.origin, key: '$PLIMSOLL_KEY' })}
            what="curl command"
          />
        </Way>
      </ol>
    </EmptyState>
  );
}

function Way({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <li className="flex flex-col gap-2.5 py-4">
      <h3 className="font-medium text-ink">{title}</h3>
      {children}
    </li>
  );
}

/** Appears when the demo has been made, while this page is open or before. */
function OpenDemo() {
  const { data } = useQuery(projectsQuery);
  const show = useShowProject();
  const demo = data?.projects.find(({ isDemo, isShown }) => isDemo && !isShown);
  if (demo === undefined) return null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        tone="main"
        isBusy={show.isPending || show.isSuccess}
        busyLabel="Opening…"
        onClick={() => show.mutate(demo.slug)}
      >
        Open the demo
      </Button>
      <span className="text-sm">It is ready.</span>
    </div>
  );
}

'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { buttonClassNames } from '#components/ui/button-class-names.ts';
import { Section } from '#components/ui/section.tsx';
import { Segments } from '#components/ui/segments.tsx';
import { useSearchSetting } from '#components/ui/use-search-setting.ts';
import type { Overview, SessionLoad } from '#lib/overview/overview.ts';
import { SessionLoadTable } from './session-load-table.tsx';

const orders = [
  { value: 'heaviest', label: 'Heaviest' },
  { value: 'fastest', label: 'Fastest growing' },
] as const;
type OrderName = (typeof orders)[number]['value'];

const labels = { heaviest: 'Heaviest sessions', fastest: 'Fastest growing sessions' } as const;
const notes = {
  heaviest: 'By what they hold: it is read again on every call.',
  fastest: 'By what each of the last calls added. The dashes are ten calls ahead.',
} as const;

/** Which sessions are heavy, and which are getting there. */
export function SessionLoads({ overview }: { readonly overview: Overview }) {
  const { heaviestSessions, fastestSessions } = overview;
  const [order, setOrder] = useSearchSetting<OrderName>({
    name: 'loads',
    parse: parseOrder,
    fallback: 'heaviest',
  });
  if (heaviestSessions.length === 0) {
    return (
      <Section title="Session sizes" isDense>
        <p className="text-muted">
          No event named a session yet. Send <code className="font-mono text-sm">session</code> with each
          call.
        </p>
      </Section>
    );
  }
  return (
    <Section
      isDense
      title={labels[order]}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <Segments isLow label="Sessions" value={order} options={orders} onValueChange={setOrder} />
          <Link href="/sessions" prefetch={false} className={buttonClassNames({ size: 'small' })}>
            All sessions
          </Link>
        </div>
      }
    >
      <SessionRows
        key={order}
        order={order}
        sessions={order === 'heaviest' ? heaviestSessions : fastestSessions}
      />
    </Section>
  );
}

const shownAtFirst = 4;

function SessionRows({
  order,
  sessions,
}: {
  readonly order: OrderName;
  readonly sessions: readonly SessionLoad[];
}) {
  const [isWhole, setWhole] = useState(false);
  if (sessions.length === 0)
    return <p className="text-muted">None of the last active sessions is growing.</p>;
  const shown = isWhole ? sessions : sessions.slice(0, shownAtFirst);
  return (
    <>
      <SessionLoadTable label={labels[order]} sessions={shown} />
      <p className="flex min-h-6 flex-wrap items-center gap-x-3 text-xs text-muted">
        {shown.length < sessions.length ? (
          <span className="-ml-2">
            <Button tone="bare" size="small" onClick={() => setWhole(true)}>
              Show all {sessions.length}
            </Button>
          </span>
        ) : null}
        <span>{notes[order]}</span>
      </p>
    </>
  );
}

function parseOrder(text: string): OrderName | null {
  return orders.find(({ value }) => value === text)?.value ?? null;
}

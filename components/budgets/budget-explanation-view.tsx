'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { Money } from '#components/ui/money.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import type { BudgetExplanation } from '#lib/client/budget-query.ts';
import { formatInstant } from '#lib/format/format-instant.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';
import { BudgetProjection } from './budget-projection.tsx';

/** The sum, line by line, and under it the holds and the latest calls that it is made of. */
export function BudgetExplanationView({ explanation }: { readonly explanation: BudgetExplanation }) {
  return (
    <div className="flex flex-col gap-5">
      <Sum explanation={explanation} />
      <BudgetProjection id={explanation.budget.id} />
      <Holds explanation={explanation} />
      <Events explanation={explanation} />
    </div>
  );
}

function Sum({ explanation }: { readonly explanation: BudgetExplanation }) {
  const { budget, ledgerUsd } = explanation;
  const { window, timeZone } = budget;
  const edge = (at: string) => formatInstant({ atMs: Date.parse(at), timeZone });
  return (
    <dl className="flex flex-col gap-1 text-sm">
      <Line name="Window">
        <span className="text-right">
          {edge(window.start)} to
          <br />
          {edge(window.end)}
          <span className="block text-xs text-muted">{timeZone}; the end is not included</span>
        </span>
      </Line>
      <Line name="Usage events">
        <Money usd={ledgerUsd} />
      </Line>
      <Line name="Settled, event not here yet">
        <Money usd={budget.settledUsd} />
      </Line>
      <Line name="Spent" isSum>
        <Money usd={budget.spentUsd} />
      </Line>
      <Line name={`Held by ${budget.liveHolds === 1 ? '1 live hold' : `${budget.liveHolds} live holds`}`}>
        <Money usd={budget.heldUsd} />
      </Line>
      {budget.limitUsd === null ? null : (
        <>
          <Line name="Limit">
            <Money usd={budget.limitUsd} />
          </Line>
          <Line name="Left" isSum>
            <Money usd={budget.leftUsd ?? '0'} />
          </Line>
        </>
      )}
      {budget.limitTokens === null ? null : (
        <Line name="Tokens">
          <span title={`${budget.spentTokens} spent, ${budget.heldTokens} held, of ${budget.limitTokens}`}>
            {formatTokens(budget.spentTokens)} + {formatTokens(budget.heldTokens)} held of{' '}
            {formatTokens(budget.limitTokens)}
          </span>
        </Line>
      )}
      {budget.overrunUsd === '0' ? null : (
        <Line name="Overrun: calls that cost more than they held">
          <Money usd={budget.overrunUsd} />
        </Line>
      )}
    </dl>
  );
}

function Line(props: { readonly name: string; readonly isSum?: boolean; readonly children: ReactNode }) {
  const { name, isSum = false, children } = props;
  return (
    <div
      className={
        isSum
          ? 'flex justify-between gap-4 border-t border-hairline pt-1 font-medium'
          : 'flex justify-between gap-4'
      }
    >
      <dt className={isSum ? '' : 'text-muted'}>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const meanings = {
  live: 'live',
  settled: 'settled',
  released: 'released',
  expired: 'expired, blocking nobody',
} as const;

function Holds({ explanation }: { readonly explanation: BudgetExplanation }) {
  const { holds } = explanation;
  if (holds.length === 0) return <p className="text-sm text-muted">No holds in this window.</p>;
  return (
    <Table label="Holds">
      <thead>
        <tr>
          <HeaderCell>Holds</HeaderCell>
          <HeaderCell align="end">Count</HeaderCell>
          <HeaderCell align="end">Held</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {holds.map((group) => (
          <tr key={group.state}>
            <RowHeader>
              {meanings[group.state]}
              <span className="block truncate text-xs text-muted">
                last by {group.holds[0]?.agent}, <RelativeTime at={group.holds[0]?.createdAt ?? ''} />
              </span>
            </RowHeader>
            <Cell align="end">{group.count}</Cell>
            <Cell align="end">
              <Money usd={group.amountUsd} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const eventsShown = 10;

function Events({ explanation }: { readonly explanation: BudgetExplanation }) {
  const { events } = explanation;
  if (events.length === 0) return <p className="text-sm text-muted">No calls in this window.</p>;
  return (
    <Table label="Latest calls">
      <thead>
        <tr>
          <HeaderCell>Latest calls</HeaderCell>
          <HeaderCell align="end">When</HeaderCell>
          <HeaderCell align="end">Cost</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {events.slice(0, eventsShown).map((event) => (
          <tr key={event.id}>
            <RowHeader>
              {event.session === null ? (
                <span className="block truncate">{event.agent}</span>
              ) : (
                <Link
                  href={`/sessions/${encodeURIComponent(event.session)}`}
                  className="block truncate underline decoration-hairline-strong underline-offset-4"
                >
                  {event.agent}, {event.session}
                </Link>
              )}
              <span className="block truncate text-xs text-muted">{event.model}</span>
            </RowHeader>
            <Cell align="end">
              <RelativeTime at={event.ts} />
            </Cell>
            <Cell align="end">
              <Money usd={event.costUsd} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

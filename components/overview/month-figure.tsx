'use client';

import { useQuery } from '@tanstack/react-query';
import { Money } from '#components/ui/money.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { projectionQuery } from '#lib/client/projection-query.ts';
import type { ProjectionView } from '#lib/projection/projection-view.ts';
import { describeAbsence } from './describe-absence.ts';
import { Figure } from './figure.tsx';

/** Where the present month is heading, in one figure. */
export function MonthFigure() {
  const { data, error } = useQuery(projectionQuery);
  if (data === undefined) {
    return (
      <Figure label="Likely this month" note={error === null ? <>&nbsp;</> : 'could not be loaded'}>
        {error === null ? <Skeleton className="my-1 h-4 w-20" /> : '–'}
      </Figure>
    );
  }
  const { projection } = data;
  return (
    <Figure label="Likely this month" note={noteOf(data)}>
      {projection === null ? '–' : <Money usd={projection.p50Usd} />}
    </Figure>
  );
}

function noteOf(view: ProjectionView) {
  const { projection, spentUsd } = view;
  if (projection === null) return describeAbsence(view);
  return (
    <>
      <Money usd={spentUsd} /> so far; eight in ten <Money usd={projection.p10Usd} /> to{' '}
      <Money usd={projection.p90Usd} />
    </>
  );
}

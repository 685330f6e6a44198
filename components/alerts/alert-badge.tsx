'use client';

import { useQuery } from '@tanstack/react-query';
import { alertsQuery } from '#lib/client/alerts-query.ts';

/** How many alerts nobody has seen; nothing while there is none. */
export function AlertBadge() {
  const { data } = useQuery(alertsQuery);
  const unseen = data?.unseen ?? 0;
  if (unseen === 0) return null;
  return (
    <span className="ml-auto rounded-sm border border-near px-1 text-xs text-near-ink">
      {unseen > 99 ? '99+' : unseen}
      <span className="sr-only"> new</span>
    </span>
  );
}

'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { storeTimeZone, useTimeZone } from '#components/ui/use-time-zone.ts';
import { type StackMetric, stackMetrics } from '#lib/charts/prepare-spend-stack.ts';
import type { OverviewFilter } from '#lib/client/overview-query.ts';
import { type RangeName, rangeNames } from '#lib/overview/range-name.ts';
import { isZoneName } from '#lib/time/is-zone-name.ts';
import { type UsageDimension, usageDimensions } from '#lib/usage/rollup-scope.ts';

export type OverviewSettings = ReturnType<typeof useOverviewSettings>;

export const rangeFallback = '30d';

/** What the overview shows, kept in its address so that it can be linked. Null until the zone is known. */
export function useOverviewSettings() {
  const search = useSearchParams();
  const pathname = usePathname();
  const browserZone = useTimeZone();
  const linkedZone = search.get('tz') ?? '';
  const timeZone = isZoneName(linkedZone) ? linkedZone : browserZone;
  const by = oneOf(usageDimensions, search.get('by')) ?? 'model';
  const metric = oneOf(stackMetrics, search.get('show')) ?? 'spend';

  /** `isStep` makes an entry of the history, so that Back undoes it. */
  const change = (values: Readonly<Record<string, string | null>>, { isStep = false } = {}) => {
    // Not `search`: two settings changed in one event would each start from the old address.
    const changed = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(values)) {
      if (value === null) changed.delete(name);
      else changed.set(name, value);
    }
    const query = changed.toString();
    const address = query === '' ? pathname : `${pathname}?${query}`;
    if (isStep) window.history.pushState(null, '', address);
    else window.history.replaceState(null, '', address);
  };

  return {
    filter:
      timeZone === null
        ? null
        : ({ range: rangeOf(search), timeZone, by, bucket: null } satisfies OverviewFilter),
    metric,
    setRange: (range: RangeName) =>
      change({ range: range === rangeFallback ? null : range, from: null, to: null }, { isStep: true }),
    narrow: ({ from, to }: { readonly from: string; readonly to: string }) =>
      change({ range: null, from, to }, { isStep: true }),
    setBy: (next: UsageDimension) => change({ by: next === 'model' ? null : next }),
    setMetric: (next: StackMetric) => change({ show: next === 'spend' ? null : next }),
    setTimeZone: (zone: string | null) => {
      storeTimeZone(zone);
      change({ tz: zone });
    },
  };
}

function rangeOf(search: URLSearchParams): OverviewFilter['range'] {
  const [from, to] = [search.get('from') ?? '', search.get('to') ?? ''];
  if (isInstant(from) && isInstant(to) && Date.parse(from) < Date.parse(to)) return { from, to };
  return oneOf(rangeNames, search.get('range')) ?? rangeFallback;
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?Z$/.test(text) && Number.isFinite(Date.parse(text));
}

function oneOf<const Value extends string>(values: readonly Value[], text: string | null): Value | null {
  return values.find((value) => value === text) ?? null;
}

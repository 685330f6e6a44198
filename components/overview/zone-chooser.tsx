'use client';

import { useId, useState } from 'react';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { ownTimeZone } from '#components/ui/use-time-zone.ts';

type ZoneChooserProps = {
  readonly value: string;
  /** Null goes back to the zone of this machine. */
  readonly onValueChange: (zone: string | null) => void;
};

/**
 * The zone whose days and hours are counted. The machine's own select, because 400 zones want the search and
 * the wheel that it has; they are listed when it is about to be opened.
 */
export function ZoneChooser({ value, onValueChange }: ZoneChooserProps) {
  const id = useId();
  const [isListed, setListed] = useState(false);
  // The server's own zone is not the reader's: its HTML lists the linked one only.
  const own = useHydrated() ? ownTimeZone() : null;
  const zones = isListed ? Intl.supportedValuesOf('timeZone') : [];
  const others = [...new Set([value, 'UTC', ...zones])].filter((zone) => zone !== own);
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-sm text-muted">
        Zone
      </label>
      <select
        id={id}
        value={value}
        onPointerEnter={() => setListed(true)}
        onFocus={() => setListed(true)}
        onChange={(event) => onValueChange(event.target.value === own ? null : event.target.value)}
        className="h-9 max-w-44 rounded-md border border-control bg-raised px-2 text-sm text-ink hover:border-ink"
      >
        {own === null ? null : <option value={own}>{own} (yours)</option>}
        {others.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </select>
    </div>
  );
}

'use client';

const day = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** The day that begins here, in the reader's zone. */
export function DaySeparator({ ts }: { readonly ts: string }) {
  return (
    <p className="border-b border-hairline bg-sunk px-3 py-1 text-xs font-medium text-muted">
      {day.format(new Date(ts))}
    </p>
  );
}

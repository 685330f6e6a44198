/** A part of a whole as a short bar. Decoration: the amount stands beside it. */
export function ShareBar({ percent }: { readonly percent: number }) {
  return (
    <svg aria-hidden="true" width="100%" height="4" className="block min-w-12 text-hairline">
      <rect width="100%" height="4" rx="2" fill="currentColor" />
      <rect width={`${percent}%`} height="4" rx="2" className="fill-load" />
    </svg>
  );
}

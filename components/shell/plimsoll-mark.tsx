/** The mark on a ship's side: a circle crossed by the line she may be loaded to. */
export function PlimsollMark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 20 20" fill="none" className="shrink-0">
      <circle cx="10" cy="10" r="6.25" stroke="currentColor" strokeWidth="1.75" />
      <path d="M0.5 10h19" stroke="currentColor" strokeWidth="1.75" />
    </svg>
  );
}

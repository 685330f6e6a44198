/** A day in 96 quarter hours: full where the agent was heard throughout, low where in part, a gap where not. */
export function UptimeStrip({ strip, label }: { readonly strip: string; readonly label: string }) {
  const heard = [...strip].filter((slot) => slot !== '-');
  const silent = heard.filter((slot) => slot === '0').length;
  const sentence = `${label}: heard in ${heard.length - silent} of ${heard.length} quarter hours`;
  return (
    <svg
      role="img"
      aria-label={sentence}
      viewBox="0 0 96 14"
      preserveAspectRatio="none"
      width="100%"
      height="14"
      className="block"
    >
      <title>{sentence}</title>
      <rect y="13" width="96" height="1" className="fill-hairline-strong" />
      <path d={barsOf(strip)} className="fill-load" />
    </svg>
  );
}

function barsOf(strip: string): string {
  return [...strip]
    .map((slot, index) => {
      const height = slot === '-' ? 0 : (Number(slot) / 3) * 13;
      return height === 0 ? '' : `M${index} 13h0.8v${-height}h-0.8z`;
    })
    .join('');
}

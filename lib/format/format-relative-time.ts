const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * How long ago, in the largest unit that fits: "just now" under a minute, "3 min ago", "5 h ago", "12 days
 * ago". From 60 days on, months of 30.44 days; from 2 years on, years. A time ahead of `nowMs` by a minute or
 * more (a sender's clock) is "in 3 min".
 */
export function formatRelativeTime({
  atMs,
  nowMs,
}: {
  readonly atMs: number;
  readonly nowMs: number;
}): string {
  const size = formatSpan(Math.abs(nowMs - atMs));
  if (size === null) return 'just now';
  return atMs > nowMs ? `in ${size}` : `${size} ago`;
}

function formatSpan(spanMs: number): string | null {
  if (spanMs < minuteMs) return null;
  if (spanMs < hourMs) return `${Math.floor(spanMs / minuteMs)} min`;
  if (spanMs < dayMs) return `${Math.floor(spanMs / hourMs)} h`;
  const days = Math.floor(spanMs / dayMs);
  if (days === 1) return '1 day';
  if (days < 60) return `${days} days`;
  if (days < 731) return `${Math.floor(days / 30.44)} months`;
  return `${Math.floor(days / 365.25)} years`;
}

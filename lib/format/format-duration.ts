const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * A duration in its two largest units: 850 ms, 2.4 s, 3 min 05 s, 2 h, 2 h 05 min, 3 d 4 h. The smaller unit is
 * left out where it is zero from an hour on. Rounds to what is shown; below a millisecond one decimal.
 */
export function formatDuration(durationMs: number): string {
  if (durationMs < 0) return `-${formatDuration(-durationMs)}`;
  if (durationMs < 0.95) return `${durationMs === 0 ? 0 : durationMs.toFixed(1)} ms`;
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`;
  if (durationMs < minuteMs - 50) return `${(Math.round(durationMs / 100) / 10).toFixed(1)} s`;
  if (durationMs < hourMs - secondMs / 2) return formatMinutes(Math.round(durationMs / secondMs));
  if (durationMs < dayMs - minuteMs / 2) return pair(Math.round(durationMs / minuteMs), 60, ['h', 'min']);
  return pair(Math.round(durationMs / hourMs), 24, ['d', 'h']);
}

function formatMinutes(seconds: number): string {
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

function pair(small: number, perLarge: number, [largeUnit, smallUnit]: readonly [string, string]): string {
  const large = `${Math.floor(small / perLarge).toLocaleString('en-US')} ${largeUnit}`;
  const rest = small % perLarge;
  if (rest === 0) return large;
  return `${large} ${smallUnit === 'min' ? String(rest).padStart(2, '0') : rest} ${smallUnit}`;
}

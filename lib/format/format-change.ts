import { formatPercent } from './format-percent.ts';

type Change = { readonly now: number; readonly before: number };

/**
 * A change for eyes: "+18 %", "−4.0 %", "unchanged", or "nothing before" when there is no base to compare with.
 */
export function formatChange({ now, before }: Change): string {
  if (before === 0) return now === 0 ? 'unchanged' : 'nothing before';
  const change = (now - before) / before;
  if (change === 0) return 'unchanged';
  const size = formatPercent(Math.abs(change));
  return change > 0 ? `+${size}` : `−${size}`;
}

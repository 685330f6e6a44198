import { formatCount } from './format-count.ts';
import { formatScaled } from './format-scaled.ts';

const scales = [
  { from: 1e3, suffix: ' k' },
  { from: 1e6, suffix: ' M' },
  { from: 1e9, suffix: ' B' },
  { from: 1e12, suffix: ' T' },
] as const;

/** A number of tokens in short: 1,234 in full up to 9,999, then 54.7 k, 1.2 M, 3.4 B. Show the exact one on hover. */
export function formatTokens(tokens: number): string {
  const whole = Math.round(tokens);
  return Math.abs(whole) < 10_000 ? formatCount(whole) : formatScaled(whole, scales);
}

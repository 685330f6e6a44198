import { formatScaled } from './format-scaled.ts';

const scales = [
  { from: 1, suffix: ' B' },
  { from: 1e3, suffix: ' KB' },
  { from: 1e6, suffix: ' MB' },
  { from: 1e9, suffix: ' GB' },
  { from: 1e12, suffix: ' TB' },
] as const;

/** A size in decimal units (1 KB = 1,000 bytes, as disks and networks count): 850 B, 2.4 KB, 396 KB, 1.2 MB. */
export function formatBytes(bytes: number): string {
  return formatScaled(Math.round(bytes), scales);
}

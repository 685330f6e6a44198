import type { Overview } from '#lib/overview/overview.ts';

const named = {
  today: 'yesterday by this time',
  '24h': 'the 24 hours before',
  '7d': 'the 7 days before',
  '30d': 'the 30 days before',
  month: 'last month by this time',
} as const;

/** What a range is compared with, in words. */
export function describeBefore({ name }: Overview['range']): string {
  return name === null ? 'the same span before' : named[name];
}

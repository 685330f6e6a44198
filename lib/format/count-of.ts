import { formatCount } from './format-count.ts';

/** A number of things in words: "1 call", "1,550 calls". */
export function countOf(count: number, thing: string): string {
  return `${formatCount(count)} ${thing}${count === 1 ? '' : 's'}`;
}

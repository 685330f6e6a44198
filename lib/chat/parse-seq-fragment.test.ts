import { expect, test } from 'vitest';
import { parseSeqFragment } from './parse-seq-fragment.ts';

test.each([
  ['#0', 0],
  ['#734000', 734_000],
  ['', null],
  ['#', null],
  ['#-1', null],
  ['#1.5', null],
  ['#content', null],
  ['#1234567890123456', null],
])('%s names %s', (hash, seq) => expect(parseSeqFragment(hash)).toBe(seq));

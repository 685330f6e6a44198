import { expect, it } from 'vitest';
import { toCsv } from './to-csv.ts';

it.each([
  ['=HYPERLINK("http://evil")', `"'=HYPERLINK(""http://evil"")"`],
  ['+1', "'+1"],
  ['-1+cmd', "'-1+cmd"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['＝1', "'＝1"],
])('does not let %j run in a spreadsheet', (text, field) => {
  expect(toCsv([[text]])).toBe(`${field}\r\n`);
});

it('keeps what is harmless as it is, and numbers as numbers', () => {
  expect(toCsv([['a b', 'a,b', 'say "x"', 12.5, -3, '-3.25', null]])).toBe(
    'a b,"a,b","say ""x""",12.5,-3,-3.25,\r\n',
  );
});

it('keeps a line break within its field', () => {
  expect(toCsv([['a\nb'], ['c']])).toBe('"a\nb"\r\nc\r\n');
});

import { expect, test } from 'vitest';
import { weighMarkdown } from './weigh-markdown.ts';

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

test.each([
  ['sentences', lines(40, () => 'A line of words, with a dash - and a number 1. in it.')],
  ['a list', lines(40, (index) => `- point ${index}`)],
  ['a list of lists', lines(40, (index) => `${'  '.repeat(index % 4)}- point ${index}`)],
  ['a table', lines(40, () => '| name | size | cost |')],
  ['an answer within an answer', lines(40, () => '>> quoted twice')],
  ['deep YAML', lines(12, (index) => `${'  '.repeat(index)}- key: ${index}`)],
])('%s is light', (_, text) => expect(weighMarkdown(text)).toBeLessThan(400));

test.each([
  ['a list of 40 lists', lines(40, (index) => `${'  '.repeat(index)}- x`)],
  ['200 lists on one line', `${'- '.repeat(200)}x`],
  ['numbered lists on one line', `${'1. '.repeat(200)}x`],
  ['60 quotes on one line', `${'> '.repeat(60)}x`],
  ['a table of 60 columns', lines(12, () => '|a'.repeat(60))],
  ['brackets', '['.repeat(2_000)],
  ['emphasis', '*a **a '.repeat(200)],
])('%s is heavy', (_, text) => expect(weighMarkdown(text)).toBeGreaterThan(400));

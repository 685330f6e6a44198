import { expect, it } from 'vitest';
import { parseLoginToken } from './parse-login-token.ts';

it.each([
  ['#token=abc_-123', 'abc_-123'],
  ['#a=1&token=x', 'x'],
  ['#token=', null],
  ['#', null],
  ['', null],
  ['#tokens=x', null],
])('reads %j as %j', (hash, token) => {
  expect(parseLoginToken(hash)).toBe(token);
});

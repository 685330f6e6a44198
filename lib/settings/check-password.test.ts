import { expect, it } from 'vitest';
import { checkPassword } from './check-password.ts';

it.each([
  ['', '', '10 to go'],
  ['nine char', 'nine char', '1 to go'],
  ['aaaaaaaaaaaa', 'aaaaaaaaaaaa', 'repeated'],
  ['x1'.repeat(101), 'x1'.repeat(101), 'At most 200'],
  ['long enough', 'long enoug', 'not the same'],
])('refuses %j repeated as %j: %s', (password, repeated, words) => {
  expect(checkPassword({ password, repeated })).toContain(words);
});

it('takes ten characters, also those outside the basic plane', () => {
  expect(checkPassword({ password: 'long enough', repeated: 'long enough' })).toBeNull();
  const flags = '🐋🐳🐬🐟🐠🐡🦈🐙🐚🦀';
  expect(checkPassword({ password: flags, repeated: flags })).toBeNull();
});

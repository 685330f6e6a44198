import { expect, test } from 'vitest';
import { formatEndedCookie, formatSessionCookie, readSessionCookie } from './session-cookie.ts';

const token = `${'A'.repeat(42)}_`;
const http = { isHttps: false };
const https = { isHttps: true };

test('no script can read the cookie and no other site can send it', () => {
  expect(formatSessionCookie(token, http)).toBe(
    `plimsoll_session=${token}; Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict`,
  );
  expect(formatSessionCookie(token, https)).toBe(
    `__Host-plimsoll=${token}; Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict; Secure`,
  );
  expect(formatEndedCookie(https)).toBe(
    '__Host-plimsoll=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure',
  );
});

test.each([
  [`plimsoll_session=${token}`, token],
  [`a=b; plimsoll_session=${token}; c=d`, token],
  [`plimsoll_session=short; plimsoll_session=${token}`, token],
  [`xplimsoll_session=${token}`, null],
  [`__Host-plimsoll=${token}`, null],
  [`plimsoll_session="${token}"`, null],
  [`plimsoll_session=${token}x`, null],
  ['plimsoll_session=', null],
  ['', null],
  [null, null],
])('reads %j', (header, expected) => {
  expect(readSessionCookie(header, http)).toBe(expected);
});

test('by https only the prefixed cookie counts, which no neighbour host can plant', () => {
  expect(readSessionCookie(`plimsoll_session=${token}`, https)).toBeNull();
  expect(readSessionCookie(`__Host-plimsoll=${token}`, https)).toBe(token);
});

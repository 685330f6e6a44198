import { expect, it } from 'vitest';
import { RequestError } from '#lib/client/request-error.ts';
import { describeLoginFailure } from './describe-login-failure.ts';

const refused = new RequestError({ code: 'unauthenticated', status: 401, detail: 'No.' });

it('says how to get a new link when a link is refused', () => {
  expect(describeLoginFailure({ error: refused, by: 'link' })).toContain('npm run login');
});

it('calls a refused password wrong', () => {
  expect(describeLoginFailure({ error: refused, by: 'password' })).toBe('That is not the password.');
});

it("keeps the server's own words for everything else", () => {
  const limited = new RequestError({ code: 'rate_limited', status: 429, detail: 'Wait 12 seconds.' });
  expect(describeLoginFailure({ error: limited, by: 'link' })).toContain('Wait 12 seconds.');
  expect(describeLoginFailure({ error: new Error('broken'), by: 'link' })).toBe('broken');
});

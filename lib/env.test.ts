import { expect, test } from 'vitest';
import { parseEnv } from './env.ts';

test('a variable that is empty counts as unset, numbers too', () => {
  const empty = {
    PORT: '',
    HOST: ' ',
    DATABASE_URL: '',
    PLIMSOLL_ADMIN_KEY: '',
    PLIMSOLL_REDACT: '',
    PLIMSOLL_UNDO_MINUTES: '',
    PLIMSOLL_RETENTION_DAYS: '',
    PLIMSOLL_POOL_MAX: '',
    LOG_LEVEL: '',
  };
  expect(parseEnv(empty)).toEqual(parseEnv({}));
});

test.each(['postgres://a:b@host:5432/x', 'postgresql:///x?host=/run/postgresql', ' postgres://host/x '])(
  '%s is an address of Postgres',
  (text) => {
    expect(parseEnv({ DATABASE_URL: text }).DATABASE_URL).toBe(text.trim());
  },
);

test.each(['mysql://a:secret@host/x', 'host=localhost password=secret', 'localhost:5432/secret'])(
  '%s is none, and the refusal does not repeat it',
  (text) => {
    expect(() => parseEnv({ DATABASE_URL: text })).toThrow(/DATABASE_URL: Expected postgres:/);
    expect(() => parseEnv({ DATABASE_URL: text })).not.toThrow(/secret/);
  },
);

test('a short admin key is taken as it is; what it may be used for is judged with the address', () => {
  expect(parseEnv({ PLIMSOLL_ADMIN_KEY: 'short' }).PLIMSOLL_ADMIN_KEY).toBe('short');
});

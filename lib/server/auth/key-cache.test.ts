import { expect, test } from 'vitest';
import type { ApiKeyGrant } from '#db/queries/find-api-keys.ts';
import { AppError } from '#lib/errors.ts';
import { keyCache } from './key-cache.ts';

const grant: ApiKeyGrant = { projectId: 1, keyId: 'key-1', scopes: ['ingest'] };

function setUp() {
  const state = { nowMs: 0, loads: 0, touches: 0, isAway: false, known: new Map([['good', grant]]) };
  const keys = keyCache({
    load: async (hashes) => {
      state.loads += 1;
      if (state.isAway) throw new AppError('database_unavailable', 'away');
      return new Map([...state.known].filter(([hash]) => hashes.includes(hash)));
    },
    touch: async () => {
      state.touches += 1;
      if (state.isAway) throw new AppError('database_unavailable', 'away');
    },
    nowMs: () => state.nowMs,
  });
  return { state, keys };
}

test('a known key costs one lookup in five seconds, an unknown one in one second', async () => {
  const { state, keys } = setUp();
  expect(keys.peek('good')).toBeUndefined();
  expect(await keys.find('good')).toEqual(grant);
  expect(await keys.find('bad')).toBeNull();
  state.nowMs = 999;
  expect(await keys.find('bad')).toBeNull();
  expect(state.loads).toBe(2);
  state.nowMs = 4_999;
  expect(keys.peek('good')).toEqual(grant);
  expect(await keys.find('bad')).toBeNull();
  expect(state.loads).toBe(3);
  state.nowMs = 5_000;
  expect(keys.peek('good')).toBeUndefined();
});

test('while the database is away a known key works for its seconds, then it is a fault and not a refusal', async () => {
  const { state, keys } = setUp();
  await keys.find('good');
  state.isAway = true;
  state.nowMs = 4_000;
  expect(await keys.find('good')).toEqual(grant);
  state.nowMs = 6_000;
  await expect(keys.find('good')).rejects.toMatchObject({ code: 'database_unavailable' });
  state.isAway = false;
  expect(await keys.find('good')).toEqual(grant);
});

test('a key is refused from the moment it was revoked, also by a lookup that had begun before', async () => {
  const { state, keys } = setUp();
  const begun = keys.find('good');
  state.known.delete('good');
  keys.forget('good');
  await begun;
  expect(keys.peek('good')).toBeUndefined();
  expect(await keys.find('good')).toBeNull();
});

test('use is noted once a minute, and again soon when it could not be', async () => {
  const { state, keys } = setUp();
  for (const nowMs of [0, 1_000, 59_999]) {
    state.nowMs = nowMs;
    await keys.find('good');
  }
  expect(state.touches).toBe(1);
  state.nowMs = 60_000;
  await keys.find('good');
  expect(state.touches).toBe(2);
  state.nowMs = 119_999;
  await keys.find('good');
  state.isAway = true;
  state.nowMs = 120_000;
  keys.peek('good');
  await new Promise((resolve) => setImmediate(resolve));
  state.isAway = false;
  state.nowMs = 121_000;
  keys.peek('good');
  expect(state.touches).toBe(4);
});

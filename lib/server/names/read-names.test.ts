import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { usageEvent } from '../testing/events.ts';
import { openReplica } from '../testing/ledger.ts';
import { readNames } from './read-names.ts';

let base: TestDatabase;

beforeAll(async () => {
  base = await createTestDatabase();
});
afterAll(() => base.close());

test('names stand in the order in which they came, by the alphabet where they came together', async () => {
  const replica = openReplica(base.db);
  const call = (id: string, agent: string, provider: string, model: string) =>
    usageEvent({ id, agent, provider, model });
  await replica.send([call('1', 'zeta', 'openai', 'gpt-5')]);
  await replica.send([call('2', 'beta', 'anthropic', 'opus'), call('3', 'alpha', 'anthropic', 'haiku')]);
  // Known by another provider too: its place is that of the first.
  await replica.send([call('4', 'zeta', 'azure', 'gpt-5'), call('5', 'alpha', 'azure', 'a-late-one')]);
  expect(await readNames(base.db, 1)).toEqual({
    agents: ['zeta', 'alpha', 'beta'],
    models: ['gpt-5', 'haiku', 'opus', 'a-late-one'],
    providers: ['openai', 'anthropic', 'azure'],
  });
});

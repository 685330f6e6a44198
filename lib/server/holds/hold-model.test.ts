import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { compareWithModel } from '../testing/hold-model.ts';

let base: TestDatabase;
beforeAll(async () => {
  base = await createTestDatabase();
});
afterAll(() => base.close());

/** `npm run bench:holds` makes 20,000 runs. */
test('random commands do to budgets what they do to a small model of them', async () => {
  const lanes = [1, 2, 3].map((lane) =>
    compareWithModel({ db: base.db, projectId: lane, runs: 40, seed: lane }),
  );
  expect((await Promise.all(lanes)).flat()).toEqual([]);
});

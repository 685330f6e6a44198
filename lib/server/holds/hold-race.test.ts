import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#db/database.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { raceHolds } from '../testing/hold-race.ts';

let base: TestDatabase;
beforeAll(async () => {
  base = await createTestDatabase();
});
afterAll(() => base.close());

/** `npm run bench:holds` runs it with 64 agents and 20,000 holds, and kills the database meanwhile. */
test.each([
  { budgets: 1, limitUsd: '40' },
  { budgets: 3, limitUsd: '40' },
  { budgets: 1, limitUsd: '100000' },
  { budgets: 3, limitUsd: '100000' },
] as const)('agents on two replicas race on $budgets budgets of $limitUsd USD', async (race) => {
  const other = openDatabase({ url: base.url, connectionsMax: 8 });
  try {
    const result = await raceHolds({
      replicas: [base.db, other],
      projectId: Number(race.limitUsd) + race.budgets,
      agents: 32,
      holds: 600,
      seed: 7,
      ...race,
    });
    expect(result).toMatchObject({ overspends: 0, faults: 0, unjust: 0 });
    expect(result.commits).toBeGreaterThan(20);
    if (race.limitUsd === '40') expect(result.refused).toBeGreaterThan(50);
    else expect(result).toMatchObject({ held: 600, refused: 0 });
  } finally {
    await other.close();
  }
});

import { expect, test } from 'vitest';
import { createTestDatabase } from './test-database.ts';

test('each one is migrated, and sees nothing of the others', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  try {
    await one.db.run(`insert into projects (id, slug, name) values (7, 'a', 'A')`);
    expect(await one.db.run('select id from projects')).toEqual([{ id: 7 }]);
    expect(await other.db.run('select id from projects')).toEqual([]);
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
});

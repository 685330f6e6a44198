import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sumSessionUses } from '#db/queries/sum-session-uses.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { seededRandom } from '#lib/projection/seeded-random.ts';
import { sources } from '#lib/usage/usage-event.ts';
import { compactor } from '../jobs/compact.ts';
import { usageEvent } from '../testing/events.ts';
import { openReplica } from '../testing/ledger.ts';
import { ledgerFaults } from '../testing/ledger-faults.ts';

const models = ['claude-sonnet-4-5', 'claude-haiku-4-5', 'a-model-nobody-knows'];
const exact = { cells: 0, scopes: 0, sessions: 0, uses: 0 };

let base: TestDatabase;
beforeEach(async () => {
  base = await createTestDatabase();
});
afterEach(() => base.close());

/** Sends calls of which some were sent before with fewer tokens or as of another model, and folds now and then. */
async function sendAndFold(seed: number, check: () => Promise<void>): Promise<void> {
  const random = seededRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  const replica = openReplica(base.db);
  const fold = compactor(base.db);
  for (let batch = 0; batch < 25; batch++) {
    const events = Array.from({ length: 1 + below(30) }, () =>
      usageEvent({
        id: `call ${below(150)}`,
        session: `session ${below(3)}`,
        model: models[below(models.length)] ?? '',
        source: sources[below(sources.length)] ?? 'direct',
        inputTokens: below(9_000),
        cacheReadTokens: below(9_000),
        onConflict: 'max',
      }),
    );
    await replica.send([...new Map(events.map((event) => [event.id, event])).values()]);
    if (below(3) === 0) await fold();
    await check();
  }
}

const ofEvents = `
select e.source, e.model_id, count(*)::text as calls, sum(e.cost_pico_usd)::text as cost,
  sum(e.input_tokens + e.cache_read_tokens + e.cache_write_5m_tokens + e.cache_write_1h_tokens + e.output_tokens)::text as tokens
from usage_events e where e.project_id = 1 and e.session_id = $1::int8 group by 1, 2`;

test.each([1, 2, 3])(
  'what a session used is what its calls say, folded, raised or neither (seed %i)',
  async (seed) => {
    await sendAndFold(seed, async () => {
      for (const { id } of await base.db.run<{ id: string }>('select id::text from sessions', [])) {
        const uses = await sumSessionUses(base.db, { projectId: 1, sessionKey: Number(id) });
        const rows = await base.db.run(ofEvents, [id]);
        const sums = (all: readonly { calls: unknown; tokens: unknown; cost: unknown }[]) =>
          all.map(({ calls, tokens, cost }) => `${calls} ${tokens} ${cost}`).sort();
        expect(sums(uses.map((use) => ({ ...use, cost: use.costPicoUsd })))).toEqual(sums(rows as never));
      }
      expect(await ledgerFaults(base.db)).toEqual(exact);
    });
  },
);

test('an installation that had no sums gets those that the fold would have kept', async () => {
  await sendAndFold(4, async () => undefined);
  await compactor(base.db)();
  const replica = openReplica(base.db);
  const raised = { inputTokens: 90_000, onConflict: 'max' } as const;
  await replica.send([1, 2, 3, 4, 5].map((n) => usageEvent({ id: `call ${n}`, ...raised })));
  await replica.send([1, 2, 3].map((n) => usageEvent({ id: `new ${n}` })));
  const [waiting] = await base.db.run(
    `select (select count(*) from pending_flushes)::int as flushes, (select count(*) from rollup_corrections)::int as raised`,
    [],
  );
  expect(waiting?.['flushes']).toBeGreaterThan(0);
  expect(waiting?.['raised']).toBeGreaterThan(0);
  const columns = ['calls', 'tokens', 'cost_pico_usd'];
  const all = () =>
    base.db.run('select * from session_uses order by project_id, session_id, model_id, source', []);
  const kept = await all();
  await base.db.run(
    `alter table session_uses ${columns.map((name) => `drop column ${name}`).join(', ')}`,
    [],
  );
  for (const statement of migration('session-use-sums')) await base.db.run(statement, []);
  expect(await all()).toEqual(kept);
});

function migration(name: string): readonly string[] {
  const file = readdirSync('db/migrations').find((found) => found.endsWith(`_${name}.sql`)) ?? '';
  return readFileSync(`db/migrations/${file}`, 'utf8').split('--> statement-breakpoint');
}

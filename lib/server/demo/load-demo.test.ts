import { afterAll, beforeAll, expect, test } from 'vitest';
import { listProjects } from '#db/queries/list-projects.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { demoBudgets } from '#lib/demo/demo-budgets.ts';
import { bloatedSession } from '#lib/demo/make-support-bot.ts';
import { makeAlertTarget } from '../alerts/alert-targets.ts';
import { evaluateAlerts } from '../alerts/evaluate-alerts.ts';
import { ensureProject } from '../auth/ensure-project.ts';
import { readBudgets } from '../budgets/read-budgets.ts';
import { readSession } from '../sessions/read-session.ts';
import { browserPrincipal } from '../testing/browser-principal.ts';
import { usageEvent } from '../testing/events.ts';
import { compareSums, openReplica } from '../testing/ledger.ts';
import { loadDemo } from './load-demo.ts';
import { removeDemo } from './remove-demo.ts';

const nowMs = Date.parse('2026-11-21T13:00:00Z');
let base: TestDatabase;

beforeAll(async () => {
  base = await createTestDatabase();
  await ensureProject(base.db);
  await openReplica(base.db).send([usageEvent({ id: 'mine' })]);
});
afterAll(() => base.close());

const demos = async () => (await listProjects(base.db)).filter(({ isDemo }) => isDemo);

async function rowsOfOthers(): Promise<number> {
  const tables = await base.db.run(
    `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'project_id'
      and table_name in (select tablename from pg_tables where schemaname = 'public')`,
  );
  let rows = 0;
  for (const { table_name: name } of tables) {
    const [row] = await base.db.run(`select count(*)::int as n from ${String(name)} where project_id <> 1`);
    rows += Number(row?.['n']);
  }
  return rows;
}

test('the demo is a project of its own, made anew by each run, and goes without a trace but in the audit', async () => {
  const mine = await compareSums(base.db);
  const events = await loadDemo(base.db, { nowMs });
  const [first, ...none] = await demos();
  expect(none).toEqual([]);
  const projectId = first?.id ?? 0;
  expect(await compareSums(base.db)).toEqual(mine);
  const { shown, raw } = await compareSums(base.db, projectId);
  expect(shown).toMatchObject({ calls: raw.calls, input: raw.input, output: raw.output });
  expect(Number(shown.calls)).toBeGreaterThan(5_000);
  const bloated = await readSession(base.db, { projectId, id: bloatedSession, nowMs });
  expect(bloated.culprits).toHaveLength(10);
  expect(bloated.culprits[0]).toMatchObject({ toolName: 'gateway', bytes: 396 * 1_024 });

  expect(await loadDemo(base.db, { nowMs })).toBe(events);
  const again = await demos();
  expect(again.map(({ id }) => id === projectId)).toEqual([false]);

  expect(await removeDemo(base.db, { actor: 'test' })).toBe(true);
  expect(await demos()).toEqual([]);
  expect(await rowsOfOthers()).toBe(0);
  expect(await compareSums(base.db)).toEqual(mine);
  expect(await removeDemo(base.db, { actor: 'test' })).toBe(false);
  const audit = await base.db.run(`select action from audit where project_id = 1 order by ts`);
  expect(audit.map(({ action }) => action)).toEqual([
    'demo_made',
    'demo_removed',
    'demo_made',
    'demo_removed',
  ]);
}, 120_000);

test('its budgets are at work, and their alerts are shown but sent to nobody', async () => {
  await makeAlertTarget(
    { db: base.db, by: browserPrincipal() },
    { name: 'Mine', kind: 'webhook', url: 'http://127.0.0.1:9/mine' },
  );
  await loadDemo(base.db, { nowMs });
  const [demo] = await demos();
  const projectId = demo?.id ?? 0;
  await evaluateAlerts(base.db, { projectId, nowMs });
  const budgets = await readBudgets(base.db, { projectId, nowMs });
  expect(budgets.map(({ name }) => name).sort()).toEqual(demoBudgets.map(({ name }) => name).sort());
  const [month, day, week] = demoBudgets.map(({ name }) => budgets.find((budget) => budget.name === name));
  // 21 days of a month with the 300 USD of the loop; a quiet Saturday; five and a half days of a dear heartbeat.
  expect(month).toMatchObject({
    state: 'warning',
    alerts: [{ rule: 'threshold:50' }, { rule: 'threshold:80' }],
  });
  expect(day).toMatchObject({ state: 'ok', hard: true, alerts: [] });
  expect(week?.alerts.map(({ rule }) => rule)).toContain('threshold:100');
  const [sent] = await base.db.run('select count(*)::int as deliveries from deliveries');
  expect(sent).toEqual({ deliveries: 0 });
  await removeDemo(base.db, { actor: 'test' });
  expect(await rowsOfOthers()).toBe(0);
}, 120_000);

import { parseArgs } from 'node:util';
import { connect } from '#db/connect.ts';
import { openDatabase } from '#db/database.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { priceBody } from '#lib/http/contract/price-body.ts';
import type { Principal } from '#lib/server/auth/principal.ts';
import { addPrice } from '#lib/server/pricing/change-prices.ts';
import { readPrices } from '#lib/server/pricing/read-prices.ts';
import { type RepriceRequest, repriceUsage } from '#lib/server/pricing/reprice-usage.ts';
import { readProjection } from '#lib/server/projection/read-projection.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import { describeMachine } from './describe-machine.ts';
import { checkLedger } from './ledger-totals.ts';
import { printTable } from './print-table.ts';
import { median } from './quantile.ts';
import { generateLedger } from './read/generate-ledger.ts';

/**
 * How long it takes to say what re-pricing a ledger would change, to change it, and to read prices and the
 * projection beside it. At the end events, rollups and sessions must be the same digit for digit.
 */
const { values } = parseArgs({ options: { events: { type: 'string', default: '200000' } } });
const events = Number(values.events);
const days = 30;
const dayMs = 86_400_000;
const nowMs = Date.now();
const admin: Principal = {
  kind: 'key',
  projectId: 1,
  scopes: ['admin'],
  keyId: null,
};
const everything: RepriceRequest = {
  projectId: 1,
  dryRun: true,
  fromMs: null,
  toMs: null,
  models: null,
  onlyUnpriced: false,
  cursor: null,
  actor: 'bench',
};

const server = await openBenchPostgres();
try {
  await migrateDatabase(server.url);
  const sql = connect({ url: server.url, connectionsMax: 1, statementTimeoutMs: 600_000 });
  const db = openDatabase({ url: server.url, connectionsMax: 4 });
  await generateLedger(sql, { events, sessions: Math.ceil(events / 100), days, endMs: nowMs });
  process.stdout.write(`${await describeMachine(sql, new Date())}\n\n`);
  const body = { model: '*', inputUsdPerMillion: '1', outputUsdPerMillion: '4' };
  await addPrice(db, admin, priceBody.parse(body));
  const dry = await measure(() => repriceUsage(db, everything, { requestMs: 600_000 }));
  const applied = await measure(() =>
    repriceUsage(db, { ...everything, dryRun: false }, { requestMs: 600_000 }),
  );
  const again = await measure(() =>
    repriceUsage(db, { ...everything, dryRun: false }, { requestMs: 600_000 }),
  );
  await checkLedger(sql);
  const rate = ({ tookMs }: { readonly tookMs: number }) =>
    Math.round((events / tookMs) * 1_000).toLocaleString('en');
  printTable(
    [`${events.toLocaleString('en')} stored calls`, 'calls/s', 'changed'],
    [
      ['dry run', rate(dry), dry.value.changed],
      ['re-pricing all', rate(applied), applied.value.changed],
      ['once more, nothing to change', rate(again), again.value.changed],
    ],
  );
  const window = { fromMs: nowMs - 20 * dayMs, toMs: nowMs + 10 * dayMs };
  const projection = { projectId: 1, window, timeZone: 'America/New_York', nowMs, limit: null };
  printTable(
    ['use case', 'p50 ms of 20'],
    [
      ['projection, month, America/New_York', await repeat(() => readProjection(db, projection))],
      ['prices', await repeat(() => readPrices(db, { projectId: 1, nowMs }))],
    ],
  );
  await db.close();
  await sql.end();
} finally {
  await server.close();
}

async function measure<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly tookMs: number }> {
  const startMs = performance.now();
  const value = await work();
  return { value, tookMs: performance.now() - startMs };
}

async function repeat(work: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < 20; round++) times.push((await measure(work)).tookMs);
  return median(times).toFixed(1);
}

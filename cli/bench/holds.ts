import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { connect } from '#db/connect.ts';
import { openDatabase } from '#db/database.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import { type BenchServer, openBenchServer } from './bench-server.ts';
import { describeMachine } from './describe-machine.ts';
import { compareInProjects } from './holds/compare-in-projects.ts';
import { type DecisionFigures, measureCallers, openPoster } from './holds/measure-decisions.ts';
import { runRace } from './holds/run-race.ts';
import { printTable } from './print-table.ts';
import { quantile } from './quantile.ts';

/**
 * How many holds a second are decided over HTTP, beside a bare conditional UPDATE by as many callers in the
 * same run; random commands against a model of the books; and a race of 64 agents with the database killed
 * twice. `--only rates`, `model` or `race` runs one part.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '6' },
    repeats: { type: 'string', default: '3' },
    holds: { type: 'string', default: '20000' },
    runs: { type: 'string', default: '20000' },
  },
});
const callersOf = [1, 16, 64];
const modelLanes = 6;

const isAsked = (part: string) => values.only === undefined || values.only === part;
if (isAsked('rates')) await measureRates();
if (isAsked('model')) await compare();
if (isAsked('race')) await race();

async function measureRates(): Promise<void> {
  const postgres = await openBenchPostgres();
  let server: BenchServer | undefined;
  try {
    server = await openBenchServer(postgres.url);
    // More of them would only wait for each other's lock.
    const sql = connect({ url: postgres.url, connectionsMax: 16 });
    process.stdout.write(`${await describeMachine(sql, new Date())}\n\n`);
    await sql.unsafe(
      'create table bare (id int primary key, spent numeric, held numeric, most numeric) with (fillfactor = 20)',
    );
    await sql.unsafe('insert into bare values (1, 0, 0, 1e30)');
    const bare = () =>
      sql.unsafe(
        'update bare set held = held + $1::int where id = 1 and spent + held + $1::int <= most returning held',
        [1],
      );
    const poster = openPoster({ url: server.url, headers: server.headers, connections: 64 });
    const hold = (agent: string) =>
      poster.post('/api/holds', { id: randomUUID(), agent, amountUsd: '0.001' }, 201);
    await poster.post('/api/budgets', budget({ name: 'hot', agent: 'hot' }), 201);
    for (let n = 0; n < 50; n++)
      await poster.post('/api/budgets', budget({ name: `b${n}`, agent: `agent-${n}` }), 201);
    const questions = {
      'bare UPDATE, one row': async () => void (await bare()),
      'holds, one hot budget': () => hold('hot'),
      'holds, 50 budgets': (turn: number) => hold(`agent-${turn % 50}`),
    };
    const runs = new Map<string, DecisionFigures[]>();
    for (const call of Object.values(questions)) await measureCallers({ callers: 16, seconds: 1 }, call);
    for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
      for (const callers of callersOf) {
        for (const [name, call] of Object.entries(questions)) {
          const key = `${name}/${callers}`;
          const figures = await measureCallers({ callers, seconds: Number(values.seconds) }, call);
          runs.set(key, [...(runs.get(key) ?? []), figures]);
        }
      }
    }
    poster.close();
    await sql.end();
    printRates(Object.keys(questions), runs);
  } finally {
    await server?.close();
    await postgres.close();
  }
}

function budget({ name, agent }: { readonly name: string; readonly agent: string }) {
  return {
    name,
    scope: { agent },
    limitUsd: '1000000',
    period: 'month',
    timeZone: 'Asia/Kolkata',
    hard: true,
  };
}

function printRates(names: readonly string[], runs: ReadonlyMap<string, readonly DecisionFigures[]>): void {
  const middle = (key: string, of: keyof DecisionFigures) =>
    quantile(
      (runs.get(key) ?? []).map((run) => run[of]),
      0.5,
    );
  const rows = callersOf.flatMap((callers) =>
    names.map((name) => {
      const key = `${name}/${callers}`;
      const ratio = middle(key, 'perSecond') / middle(`${names[0]}/${callers}`, 'perSecond');
      return [
        name,
        callers,
        middle(key, 'perSecond'),
        middle(key, 'p50Ms').toFixed(1),
        middle(key, 'p99Ms').toFixed(1),
        ratio.toFixed(2),
      ];
    }),
  );
  printTable(['decisions', 'callers', 'a second', 'p50 ms', 'p99 ms', 'of the bare UPDATE'], rows);
}

async function compare(): Promise<void> {
  const postgres = await openBenchPostgres();
  try {
    await migrateDatabase(postgres.url);
    const db = openDatabase({ url: postgres.url, connectionsMax: modelLanes });
    const startMs = performance.now();
    const run = await compareInProjects(db, { runs: Number(values.runs), lanes: modelLanes });
    await db.close();
    const seconds = ((performance.now() - startMs) / 1_000).toFixed(0);
    printTable(
      ['runs of random commands', 'differences', 's'],
      [[run.runs, run.differences.length, seconds]],
    );
    for (const difference of run.differences.slice(0, 10)) process.stdout.write(`${difference}\n`);
  } finally {
    await postgres.close();
  }
}

async function race(): Promise<void> {
  const holds = Number(values.holds);
  const shapes = [
    { name: 'one hot budget, too small', budgets: 1, limitUsd: String(holds / 10), projectId: 1 },
    { name: 'three nested budgets, too small', budgets: 3, limitUsd: String(holds / 10), projectId: 2 },
    { name: 'three nested budgets, room for all', budgets: 3, limitUsd: '1000000', projectId: 3 },
  ] as const;
  const rows: (string | number)[][] = [];
  for (const shape of shapes) {
    const run = await runRace({ ...shape, holds });
    rows.push([
      run.name,
      run.held,
      run.refused,
      run.unjust,
      run.commits,
      run.overspends,
      run.faults,
      run.kills,
      run.retries,
      run.seconds.toFixed(0),
    ]);
  }
  printTable(
    [
      '64 agents',
      'held',
      'refused',
      'falsely',
      'commits checked',
      'overspent',
      'held ≠ sum',
      'kills',
      'sent again',
      's',
    ],
    rows,
  );
}

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '#db/connect.ts';
import { type RunningApp, startApp } from './running-app.ts';

export type KillTarget = 'postgres' | 'app';

export type KillReport = {
  readonly kills: number;
  readonly acknowledged: number;
  /** Acknowledged events that are not in the ledger. */
  readonly lost: number;
  /** Rows beyond one for each event that was ever sent. */
  readonly doubled: number;
  readonly storedEvents: number;
  readonly rollupEvents: number;
  readonly apiEvents: number;
  readonly longestRequestMs: number;
  /** From the first `select 1` that Postgres answered after a kill to the first 2xx. */
  readonly slowestRecoveryMs: number;
  /** Answers by status; 0 stands for a connection that broke. */
  readonly statuses: Readonly<Record<string, number>>;
};

const writers = 8;
const batchSize = 50;
const betweenKillsMs = 1_500;
const requestLimitMs = 15_000;

/**
 * Kills Postgres, or the whole app, again and again with SIGKILL under eight writers that repeat each batch
 * until it is acknowledged, and then compares what was acknowledged with what is there.
 */
export async function killRun(options: {
  readonly kills: number;
  readonly target: KillTarget;
}): Promise<KillReport> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'plimsoll-kill-'));
  let app = await startApp({ dataDir });
  const load = startWriters(() => app);
  let slowestRecoveryMs = 0;
  try {
    for (let kill = 0; kill < options.kills; kill++) {
      await pause(betweenKillsMs);
      if (options.target === 'postgres') app.killPostgres();
      else {
        await app.killEverything();
        app = await startApp({ dataDir });
      }
      const readyAt = await waitForPostgres(app.databaseUrl);
      slowestRecoveryMs = Math.max(slowestRecoveryMs, (await load.nextSuccess(readyAt)) - readyAt);
    }
    await pause(betweenKillsMs);
    await load.stop();
    return await compare(app, load, { kills: options.kills, slowestRecoveryMs });
  } finally {
    await load.stop();
    await app.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

type Load = ReturnType<typeof startWriters>;

function startWriters(app: () => RunningApp) {
  const acknowledged = new Set<string>();
  const sent = new Set<string>();
  const statuses: Record<string, number> = {};
  const successes: ((at: number) => void)[] = [];
  let longestRequestMs = 0;
  let stopping = false;

  async function post(body: string): Promise<number> {
    const started = performance.now();
    try {
      const { url, key } = app();
      const answer = await fetch(`${url}/api/ingest`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body,
        signal: AbortSignal.timeout(requestLimitMs),
      });
      await answer.text();
      return answer.status;
    } catch {
      return 0;
    } finally {
      longestRequestMs = Math.max(longestRequestMs, performance.now() - started);
    }
  }

  const work = Array.from({ length: writers }, async (_, writer) => {
    while (!stopping) {
      const ids = Array.from({ length: batchSize }, () => randomUUID());
      for (const id of ids) sent.add(id);
      const body = JSON.stringify({ events: ids.map((id) => makeEvent(id, writer)) });
      for (let status = -1; status !== 200; ) {
        status = await post(body);
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status === 200) {
          for (const id of ids) acknowledged.add(id);
          for (const notify of successes.splice(0)) notify(performance.now());
        } else await pause(50);
      }
    }
  });

  return {
    acknowledged,
    sent,
    statuses,
    longestRequestMs: () => longestRequestMs,
    /** When the first batch was acknowledged after `at`. */
    nextSuccess: (at: number) =>
      new Promise<number>((resolve) => {
        const wait = () => successes.push((now) => (now >= at ? resolve(now) : wait()));
        wait();
      }),
    stop: async () => {
      stopping = true;
      await Promise.all(work);
    },
  };
}

function makeEvent(id: string, writer: number) {
  return {
    type: 'usage',
    id,
    ts: new Date().toISOString(),
    agent: `writer-${writer}`,
    session: `session-${writer}`,
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    inputTokens: 1_000,
    outputTokens: 100,
  };
}

async function waitForPostgres(url: string): Promise<number> {
  for (;;) {
    const sql = connect({ url, connectionsMax: 1 });
    try {
      await sql`select 1`;
      return performance.now();
    } catch {
      await pause(20);
    } finally {
      sql.end({ timeout: 0 }).catch(() => undefined);
    }
  }
}

async function compare(
  app: RunningApp,
  load: Load,
  run: { readonly kills: number; readonly slowestRecoveryMs: number },
): Promise<KillReport> {
  const sql = connect({ url: app.databaseUrl, connectionsMax: 1 });
  const stored = new Set((await sql`select id::text from usage_events`).map((row) => String(row['id'])));
  const [sums] = await sql`
    select (select count(*) from usage_events)::int as events,
      (select coalesce(sum(calls), 0) from usage_rollups where scope = 0 and grain = 1440)::int
      + (select coalesce(sum(calls), 0) from rollup_deltas)::int as folded`;
  await sql.end();
  const range = 'from=2020-01-01T00:00:00Z&to=2035-01-01T00:00:00Z&bucket=total';
  const answer = await fetch(`${app.url}/api/usage?${range}`, {
    headers: { authorization: `Bearer ${app.key}` },
  });
  const usage: { readonly rows: readonly { readonly calls: number }[] } = JSON.parse(await answer.text());
  const storedEvents = Number(sums?.['events']);
  return {
    kills: run.kills,
    acknowledged: load.acknowledged.size,
    lost: [...load.acknowledged].filter((id) => !stored.has(id)).length,
    doubled: storedEvents - new Set([...stored].filter((id) => load.sent.has(id))).size,
    storedEvents,
    rollupEvents: Number(sums?.['folded']),
    apiEvents: usage.rows[0]?.calls ?? 0,
    longestRequestMs: Math.round(load.longestRequestMs()),
    slowestRecoveryMs: Math.round(run.slowestRecoveryMs),
    statuses: load.statuses,
  };
}

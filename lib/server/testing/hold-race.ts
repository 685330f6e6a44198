import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#db/database.ts';
import { expireHolds } from '#db/queries/expire-holds.ts';
import { findHoldFaults } from '#db/queries/find-hold-faults.ts';
import { AppError } from '#lib/errors.ts';
import { seededRandom } from '#lib/projection/seeded-random.ts';
import { type HoldDesk, openHoldDesk } from '../holds/hold-desk.ts';
import type { Placement } from '../holds/place-holds.ts';
import { makeBudget, placedHold } from './budgets.ts';
import { usageEvent } from './events.ts';
import { openReplica, type Replica } from './ledger.ts';

export type RaceOptions = {
  /** One pool a replica: they know nothing of each other. */
  readonly replicas: readonly Database[];
  readonly projectId: number;
  readonly agents: number;
  readonly holds: number;
  /** 1: one hot budget; 3: nested ones. */
  readonly budgets: 1 | 3;
  readonly limitUsd: string;
  readonly seed: number;
  /** Told after each hold how many are done, to kill the database in between. */
  readonly onDone?: (done: number) => void;
};

export type RaceResult = {
  readonly held: number;
  readonly refused: number;
  /** Refusals whose own figures would have had room. */
  readonly unjust: number;
  /** Commits after which more was admitted than the limit, as a trigger in the database saw it. */
  readonly overspends: number;
  /** Windows whose counters are not the sum of their live holds. */
  readonly faults: number;
  readonly commits: number;
  readonly retries: number;
};

const usd = 1_000_000_000_000n;

/** At each commit that touches a window: all that is committed, less what single calls ran over, within its limit. */
const watchStatements = [
  'create table if not exists race_commits (violated boolean not null)',
  `create or replace function watch_race() returns trigger language plpgsql as $$
   declare p budget_periods; used numeric; most numeric;
   begin
     select * into p from budget_periods where project_id = new.project_id and budget_id = new.budget_id and starts_at = new.starts_at;
     select limit_pico_usd into most from budgets where project_id = p.project_id and id = p.budget_id;
     select coalesce(sum(cost_pico_usd), 0) into used from usage_events
       where project_id = p.project_id and ts >= p.starts_at and ts < p.ends_at;
     insert into race_commits select used + p.settled_pico_usd + p.held_pico_usd - p.overrun_pico_usd > most;
     return null;
   end $$`,
  'drop trigger if exists watch_race on budget_periods',
  `create constraint trigger watch_race after update on budget_periods deferrable initially deferred
   for each row execute function watch_race()`,
];

/** Agents that hold, settle, release and forget at random, on several replicas of the app over one database. */
export async function raceHolds(options: RaceOptions): Promise<RaceResult> {
  const { replicas, projectId, limitUsd } = options;
  const [db] = replicas;
  if (db === undefined) throw new Error('A race needs a replica.');
  for (const statement of watchStatements) await db.run(statement);
  await db.run('truncate race_commits');
  await makeBudget(db, { limitUsd }, projectId);
  if (options.budgets === 3) {
    await makeBudget(db, { limitUsd, scope: { agent: 'racer-*' } }, projectId);
    await makeBudget(db, { limitUsd, scope: { agent: 'racer-*', session: 'shared' } }, projectId);
  }
  const counts = { held: 0, refused: 0, unjust: 0, retries: 0 };
  const processes = replicas.map((replica) => ({
    desk: openHoldDesk(replica),
    replica: openReplica(replica, projectId),
  }));
  let next = 0;
  const race = async (agent: number) => {
    const random = seededRandom(options.seed * 1_000 + agent);
    const process = processes[agent % processes.length];
    if (process === undefined) return;
    const racer = openRacer(process, { projectId, agent, onRetry: () => counts.retries++ });
    while (next < options.holds) {
      const outcome = await racer.run(`hold-${next++}`, random);
      if (outcome === 'refused') counts.refused++;
      else if (outcome === 'unjust') counts.unjust++;
      else counts.held++;
      options.onDone?.(next);
    }
  };
  await Promise.all(Array.from({ length: options.agents }, (_, agent) => race(agent)));
  while ((await expireHolds(db, projectId)) > 0);
  const [row] = await db.run(
    'select count(*)::int as commits, count(*) filter (where violated)::int as violated from race_commits',
  );
  return {
    ...counts,
    overspends: Number(row?.['violated']),
    commits: Number(row?.['commits']),
    faults: (await findHoldFaults(db, projectId)).length,
  };
}

type Racer = { run(id: string, random: () => number): Promise<'held' | 'refused' | 'unjust'> };

function openRacer(
  { desk, replica }: { readonly desk: HoldDesk; readonly replica: Replica },
  {
    projectId,
    agent,
    onRetry,
  }: { readonly projectId: number; readonly agent: number; readonly onRetry: () => void },
): Racer {
  return {
    run: async (id, random) => {
      const amountPicoUsd = (BigInt(1 + Math.floor(random() * 100)) * usd) / 100n;
      const forgets = random() < 0.15;
      const hold = placedHold({
        id,
        agent: `racer-${agent}`,
        session: 'shared',
        amountPicoUsd,
        ttlSeconds: forgets ? 1 : 600,
      });
      const placement = await again(() => desk.place(projectId, hold), onRetry);
      if (placement.outcome === 'refused') return isJust(placement, amountPicoUsd) ? 'refused' : 'unjust';
      const costPicoUsd = (amountPicoUsd * BigInt(Math.floor(random() * 120))) / 100n;
      const end = random();
      if (forgets && end < 0.5) return 'held';
      if (forgets) await pause(1_000 * random() * 1.5);
      if (end < 0.4)
        await again(() => desk.end(projectId, { id, end: 'settle', costPicoUsd, tokens: null }), onRetry);
      else if (end < 0.8) await again(() => replica.send([costly(id, { agent, costPicoUsd })]), onRetry);
      else
        await again(
          () => desk.end(projectId, { id, end: 'release', costPicoUsd: 0n, tokens: null }),
          onRetry,
        );
      if (end < 0.1) await again(() => replica.send([costly(id, { agent, costPicoUsd })]), onRetry);
      return 'held';
    },
  };
}

function isJust(
  refusal: Extract<Placement, { readonly outcome: 'refused' }>,
  amountPicoUsd: bigint,
): boolean {
  return refusal.spentPicoUsd + refusal.heldPicoUsd + amountPicoUsd > (refusal.budget.limitPicoUsd ?? 0n);
}

/** Costs about so much: gpt-4o-mini answers for 0.6 USD a million tokens. */
function costly(
  holdId: string,
  { agent, costPicoUsd }: { readonly agent: number; readonly costPicoUsd: bigint },
) {
  return usageEvent({
    id: `event-${holdId}`,
    agent: `racer-${agent}`,
    session: 'shared',
    provider: 'openai',
    model: 'gpt-4o-mini',
    inputTokens: 0,
    outputTokens: Number(costPicoUsd / 600_000n),
    holdId,
    ts: new Date().toISOString(),
  });
}

/** As clients do: the same request again until it is answered. */
async function again<T>(work: () => Promise<T>, onRetry: () => void): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError) || !['database_unavailable', 'overloaded'].includes(error.code))
        throw error;
      onRetry();
      await pause(50);
    }
  }
}

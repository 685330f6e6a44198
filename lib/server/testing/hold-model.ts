import type { Database } from '#db/database.ts';
import { expireHolds } from '#db/queries/expire-holds.ts';
import { findHoldFaults } from '#db/queries/find-hold-faults.ts';
import { foldDeltas } from '#db/queries/fold-deltas.ts';
import { sumBudgetSpend } from '#db/queries/sum-budget-spend.ts';
import type { Budget } from '#lib/budget/budget.ts';
import { fitsPattern } from '#lib/budget/budget-pattern.ts';
import { budgetWindow } from '#lib/budget/budget-window.ts';
import { seededRandom } from '#lib/projection/seeded-random.ts';
import { type HoldDesk, openHoldDesk } from '../holds/hold-desk.ts';
import { makeBudget, placedHold } from './budgets.ts';
import { usageEvent } from './events.ts';
import { openReplica, type Replica } from './ledger.ts';

/** What a token of gpt-4o-mini's answers costs; amounts are thousands of them. */
const tokenPicoUsd = 600_000n;
const commandsMax = 10;

type ModelHold = {
  readonly agent: string;
  readonly amount: bigint;
  state: 'live' | 'settled' | 'released' | 'expired';
  /** Settled by a call, its event not there yet. */
  settled: bigint;
  isTied: boolean;
};

/** The books as a child would keep them: everything is looked at again for each question. */
class Model {
  readonly holds = new Map<string, ModelHold>();
  readonly events: { readonly agent: string; readonly cost: bigint }[] = [];

  sumsOf(budget: Budget) {
    const counts = (agent: string) => fitsPattern(agent, budget.scope.agent ?? '*');
    const holds = [...this.holds.values()].filter(({ agent }) => counts(agent));
    const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
    return {
      ledger: sum(this.events.filter(({ agent }) => counts(agent)).map(({ cost }) => cost)),
      settled: sum(holds.map(({ settled }) => settled)),
      held: sum(holds.filter(({ state }) => state === 'live').map(({ amount }) => amount)),
    };
  }

  place(id: string, hold: ModelHold, budgets: readonly Budget[]): string {
    if (this.holds.has(id)) return 'known';
    for (const budget of budgets) {
      if (!fitsPattern(hold.agent, budget.scope.agent ?? '*')) continue;
      const { ledger, settled, held } = this.sumsOf(budget);
      if (ledger + settled + held + hold.amount > (budget.limitPicoUsd ?? 0n)) {
        return `refused by ${budget.name}: ${ledger + settled} spent, ${held} held`;
      }
    }
    this.holds.set(id, hold);
    return 'held';
  }

  end(id: string, { end, cost }: { readonly end: 'settle' | 'release'; readonly cost: bigint }): string {
    const hold = this.holds.get(id);
    if (hold === undefined) return 'nobody';
    const may = hold.state === 'live' || (hold.state === 'expired' && end === 'settle');
    if (!may) return `${hold.state} before`;
    hold.state = end === 'settle' ? 'settled' : 'released';
    if (end === 'settle') hold.settled = cost;
    return hold.state;
  }

  event(agent: string, { cost, holdId }: { readonly cost: bigint; readonly holdId: string | null }): void {
    this.events.push({ agent, cost });
    const hold = holdId === null ? undefined : this.holds.get(holdId);
    if (hold === undefined || hold.isTied || hold.state === 'released') return;
    hold.isTied = true;
    hold.state = 'settled';
    hold.settled = 0n;
  }
}

export type ModelOptions = {
  readonly db: Database;
  readonly projectId: number;
  readonly runs: number;
  readonly seed: number;
};

/** Random commands against the real thing and the model. @returns what differed, with the run's seed */
export async function compareWithModel({
  db,
  projectId,
  runs,
  seed,
}: ModelOptions): Promise<readonly string[]> {
  const desk = openHoldDesk(db);
  const replica = openReplica(db, projectId);
  const differences: string[] = [];
  for (let run = 0; run < runs; run++) {
    const name = `r${seed}-${run}`;
    const found = await oneRun({
      db,
      desk,
      replica,
      projectId,
      name,
      random: seededRandom(seed * 1_000_003 + run),
    });
    differences.push(...found.map((difference) => `${name}: ${difference}`));
  }
  const faults = await findHoldFaults(db, projectId);
  return [
    ...differences,
    ...faults.map(({ budget }) => `the counters of ${budget} differ from its live holds`),
  ];
}

type Run = {
  readonly db: Database;
  readonly desk: HoldDesk;
  readonly replica: Replica;
  readonly projectId: number;
  readonly name: string;
  readonly random: () => number;
};

async function oneRun(run: Run): Promise<readonly string[]> {
  const { db, projectId, name, random } = run;
  const upTo = (count: number) => Math.floor(random() * count);
  const scopes = [`${name}-*`, `${name}-a`, `${name}-b`].slice(0, 1 + upTo(3));
  const budgets: Budget[] = [];
  for (const agent of scopes) {
    const limitUsd = `0.${String(1 + upTo(60)).padStart(4, '0')}`;
    budgets.push(await makeBudget(db, { name: agent, limitUsd, scope: { agent } }, projectId));
  }
  const model = new Model();
  const differences: string[] = [];
  const log: string[] = [];
  for (let step = 0; step < 2 + upTo(commandsMax - 1); step++) {
    const id = `${name}-h${upTo(4)}`;
    const agent = `${name}-${upTo(2) === 0 ? 'a' : 'b'}`;
    const cost = BigInt(upTo(20)) * 100n * tokenPicoUsd;
    const [command, expected, real] = await oneCommand(run, {
      model,
      budgets,
      id,
      agent,
      cost,
      kind: upTo(100),
      step,
    });
    log.push(command);
    if (expected !== real) differences.push(`${log.join('; ')}: expected ${expected}, got ${real}`);
  }
  differences.push(...(await compareUse(run, { model, budgets, log })));
  await db.run(
    'update budgets set deleted_at = now(), revision = revision + 1 where project_id = $1::int and deleted_at is null',
    [projectId],
  );
  return differences;
}

type Command = {
  readonly model: Model;
  readonly budgets: readonly Budget[];
  readonly id: string;
  readonly agent: string;
  readonly cost: bigint;
  readonly kind: number;
  readonly step: number;
};

/** @returns the command in words, what the model says to it, and what really came */
async function oneCommand(run: Run, command: Command): Promise<readonly [string, string, string]> {
  const { db, desk, replica, projectId, name } = run;
  const { model, budgets, id, agent, cost, kind, step } = command;
  if (kind < 45) {
    const ttlSeconds = kind < 8 ? 0 : 600;
    const hold = placedHold({ id, agent, amountPicoUsd: cost, ttlSeconds });
    const state = ttlSeconds === 0 ? 'expired' : 'live';
    const expected = model.place(id, { agent, amount: cost, state, settled: 0n, isTied: false }, budgets);
    const placed = await desk.place(projectId, hold);
    const real =
      placed.outcome === 'refused'
        ? `refused by ${placed.budget.name}: ${placed.spentPicoUsd} spent, ${placed.heldPicoUsd} held`
        : placed.outcome;
    return [`hold ${id} of ${agent} ${cost} for ${ttlSeconds} s`, expected, real];
  }
  if (kind < 70) {
    const end = kind < 60 ? 'settle' : 'release';
    const expected = model.end(id, { end, cost });
    const ended = await desk.end(projectId, { id, end, costPicoUsd: cost, tokens: null });
    // Past its time a hold is expired for everybody, also where that is not written down yet.
    const state = ended === null ? '' : ended.hold.state;
    const real = ended === null ? 'nobody' : ended.isChanged ? state : `${state} before`;
    return [`${end} ${id} at ${cost}`, expected, isLazy(expected, real) ? expected : real];
  }
  if (kind < 90) {
    const holdId = kind < 86 ? id : null;
    model.event(agent, { cost, holdId });
    const { accepted } = await replica.send([
      usageEvent({
        id: `${name}-e${step}`,
        agent,
        session: 's',
        provider: 'openai',
        model: 'gpt-4o-mini',
        inputTokens: 0,
        outputTokens: Number(cost / tokenPicoUsd),
        holdId,
        ts: new Date().toISOString(),
      }),
    ]);
    return [`event of ${agent} ${cost} for ${holdId}`, '1', String(accepted)];
  }
  if (kind < 95) await foldDeltas(db, { projectId });
  else await expireHolds(db, projectId);
  return [kind < 95 ? 'fold' : 'sweep', '', ''];
}

/** That a hold has expired may be written down by the very release that comes too late. */
function isLazy(expected: string, real: string): boolean {
  return expected === 'expired before' && real === 'expired';
}

async function compareUse(
  { db, projectId }: Run,
  {
    model,
    budgets,
    log,
  }: { readonly model: Model; readonly budgets: readonly Budget[]; readonly log: readonly string[] },
): Promise<readonly string[]> {
  const uses = await sumBudgetSpend(db, {
    projectId,
    slots: budgets.map((budget) => {
      const window = budgetWindow(budget.calendar, Date.now());
      if (window === null) throw new Error('A month has a window at any time.');
      return { id: budget.id, scope: budget.scope, window, counted: budget.countTokens };
    }),
  });
  return budgets.flatMap((budget, index) => {
    const { ledger, settled, held } = model.sumsOf(budget);
    const use = uses[index];
    const expected = `${ledger} ${settled} ${held}`;
    const real = `${use?.ledgerPicoUsd} ${use?.settledPicoUsd} ${use?.heldPicoUsd}`;
    return expected === real ? [] : [`${log.join('; ')}: ${budget.name} is ${real}, expected ${expected}`];
  });
}

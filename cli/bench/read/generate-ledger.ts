import { usageColumns } from '#db/queries/insert-usage-events.ts';
import type { BenchSql } from '../bench-sql.ts';
import { eventNames } from '../event-names.ts';
import { eventRowsSql } from '../event-rows-sql.ts';
import { generateRollups } from './generate-rollups.ts';

export type LedgerSize = {
  readonly events: number;
  readonly sessions: number;
  readonly days: number;
  /** The last event is this old. */
  readonly endMs: number;
};

const stepRows = 250_000;
/** Left as deltas, as on a busy server, where about a second's events are not folded yet. */
const unfoldedRows = 1_000;
const sessionsOpen = 200;

/** Writes events straight into the tables, and rollups and session totals that equal them. */
export async function generateLedger(sql: BenchSql, size: LedgerSize): Promise<void> {
  await generateNames(sql);
  await generateSessions(sql, size);
  const names = usageColumns.map(([name]) => name).join(', ');
  const times = timesOf(size);
  for (let from = 0; from < size.events; from += stepRows) {
    const to = Math.min(from + stepRows, size.events);
    await sql.unsafe(`insert into usage_events (project_id, flush_id, ${names})
      ${eventRowsSql({ from, to, ...times, columns: columnsOf(size) })}`);
  }
  await sql.unsafe('vacuum analyze usage_events');
  await generateRollups(sql, { fromMs: times.firstMs, toMs: size.endMs, unfolded: unfoldedRows });
  for (const table of ['usage_rollups', 'sessions', 'session_uses', 'pending_flushes'])
    await sql.unsafe(`vacuum analyze ${table}`);
}

function timesOf({ events, days, endMs }: LedgerSize) {
  const everyMs = (days * 86_400_000) / events;
  return { everyMs, firstMs: endMs - events * everyMs };
}

/** Sessions follow each other, a few hundred open at once; each belongs to one agent. */
function columnsOf({ events, sessions }: LedgerSize): Readonly<Record<string, string>> {
  const session = `greatest(1, least(${sessions}, n * ${sessions} / ${events} + (abs(hashint8(n)) % ${sessionsOpen}) - ${sessionsOpen / 2}))`;
  return { session_id: session, agent_id: `1 + (${session} % ${eventNames.agents.length})::int` };
}

async function generateNames(sql: BenchSql): Promise<void> {
  const texts = (values: readonly string[]) => `array['${values.join("','")}']`;
  const { agents, models } = eventNames;
  await sql.unsafe(`insert into agents (project_id, id, name)
    select 1, n, name from unnest(${texts(agents)}) with ordinality a (name, n)`);
  await sql.unsafe(`insert into models (project_id, id, provider, name)
    select 1, n, provider, name from unnest(${texts(models.map(({ provider }) => provider))},
      ${texts(models.map(({ name }) => name))}) with ordinality m (provider, name, n)`);
  await sql.unsafe(`insert into price_versions (project_id, id, name) values (1, 1, 'bench')`);
}

/** With message totals of their own, up to some megabytes; nobody reads these messages here. */
async function generateSessions(sql: BenchSql, { sessions, endMs }: LedgerSize): Promise<void> {
  await sql.unsafe(`insert into sessions (project_id, id, external_id, agent_id, messages, bytes,
      message_tokens, largest_message_bytes, first_activity, last_activity, last_seq)
    select 1, n, 'session-' || n, 1 + n % ${eventNames.agents.length}, m, m * 900 + n % 900, m * 220, 40000,
      to_timestamp(${endMs / 1_000}), to_timestamp(${endMs / 1_000}) - interval '40 days', m - 1
    from (select n, (5000 * random() ^ 3)::int8 + 2 as m from generate_series(1, ${sessions}) n) s`);
}

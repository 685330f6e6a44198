import type { Database } from '../database.ts';

export type UptimeRow = {
  readonly agent: string;
  readonly lastSeen: Date;
  readonly firstSeen: Date;
  /** Five-minute slots with a heartbeat in the last day, week and month. */
  readonly slotsUp: readonly [number, number, number];
  /** Slots since the epoch, of the last day, with a heartbeat. */
  readonly daySlots: readonly number[];
  readonly gauges: unknown;
};

/** One pass over each agent's index; a slot is counted once however often it was beaten in. */
const statement = `
with slot as (
  select agent_id, floor(extract(epoch from ts) / 300)::int8 as slot, min(ts) as first_ts, max(ts) as last_ts
  from heartbeats where project_id = $1::int and ts >= $4::text::timestamptz and ts < $5::text::timestamptz
  group by agent_id, slot
), agent as (
  select agent_id, min(first_ts) as first_ts, max(last_ts) as last_ts,
    count(*) filter (where slot >= $2::int8) as day, count(*) filter (where slot >= $3::int8) as week, count(*) as month,
    string_agg(slot::text, ' ') filter (where slot >= $2::int8) as day_slots
  from slot group by agent_id order by max(last_ts) desc limit $6::int
)
select a.name as agent, g.first_ts, g.last_ts, g.day::text, g.week::text, g.month::text, g.day_slots, (
  select h.gauges from heartbeats h where h.project_id = $1::int and h.agent_id = g.agent_id order by h.ts desc limit 1
) as gauges
from agent g join agents a on a.project_id = $1::int and a.id = g.agent_id order by a.name`;

/** When each agent was alive in the month up to `to`; the agents heard of last, at most `limit`. */
export async function listUptimes(
  db: Database,
  input: { readonly projectId: number; readonly to: Date; readonly limit: number },
): Promise<readonly UptimeRow[]> {
  const slotOf = (days: number) => Math.floor((input.to.getTime() - days * 86_400_000) / 300_000) + 1;
  const from = new Date(slotOf(30) * 300_000);
  const rows = await db.run(statement, [
    input.projectId,
    slotOf(1),
    slotOf(7),
    from.toISOString(),
    input.to.toISOString(),
    input.limit,
  ]);
  return rows.map((row) => ({
    agent: String(row['agent']),
    firstSeen: new Date(String(row['first_ts'])),
    lastSeen: new Date(String(row['last_ts'])),
    slotsUp: [Number(row['day']), Number(row['week']), Number(row['month'])],
    daySlots: String(row['day_slots'] ?? '')
      .split(' ')
      .filter(Boolean)
      .map(Number),
    gauges: row['gauges'],
  }));
}

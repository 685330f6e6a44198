import type { Database } from '../database.ts';

export type UptimeRow = {
  readonly agent: string;
  readonly lastSeen: Date;
  /** The first five-minute slot (since the epoch) with a heartbeat in the last month. */
  readonly firstSlot: number;
  /** Slots with a heartbeat in the last day, week and month. */
  readonly slotsUp: readonly [number, number, number];
  /** Slots of the last day with a heartbeat. */
  readonly daySlots: readonly number[];
  readonly gauges: unknown;
};

const slotMs = 300_000;
const daySlots = 288;

/** What is left of a day's slots from the slot `start` on: `slots << n` drops the first n. */
const since = (start: string) => `slots << greatest(0, ${start}::int8 - day * ${daySlots})::int`;

/**
 * Slots after the last one are dropped by shifting there and back. When an agent was last heard, and what it
 * measured then, tells its newest heartbeat: one probe each.
 */
const statement = `
with heard as (
  select agent_id, day, slots >> greatest(0, ${daySlots - 1} - $5::int8 + day * ${daySlots})::int
    << greatest(0, ${daySlots - 1} - $5::int8 + day * ${daySlots})::int as slots
  from (
    select agent_id, (day - date '1970-01-01')::int8 as day, slots from agent_days
    where project_id = $1::int and day >= date '1970-01-01' + ($4::int8 / ${daySlots})::int
      and day <= date '1970-01-01' + ($5::int8 / ${daySlots})::int) d
), spans as (
  select agent_id, day, slots, ${since('$2')} as of_day, ${since('$3')} as of_week, ${since('$4')} as of_month from heard
), agent as (
  select agent_id, sum(bit_count(of_day)) as of_day, sum(bit_count(of_week)) as of_week, sum(bit_count(of_month)) as of_month,
    min(greatest(day * ${daySlots}, $4::int8) + position(B'1' in of_month) - 1) filter (where bit_count(of_month) > 0) as first_slot,
    string_agg(day || ':' || slots, ' ') filter (where bit_count(of_day) > 0) as days
  from spans group by agent_id
), newest as (
  select g.*, h.ts, h.gauges from agent g cross join lateral (
    select ts, gauges from heartbeats
    where project_id = $1::int and agent_id = g.agent_id and ts < $6::text::timestamptz order by ts desc limit 1) h
  where g.of_month > 0 order by h.ts desc, g.agent_id limit $7::int
)
select a.name as agent, n.ts, n.first_slot::text, n.of_day::text, n.of_week::text, n.of_month::text, n.days, n.gauges
from newest n join agents a on a.project_id = $1::int and a.id = n.agent_id order by a.name`;

/** When each agent was alive in the month up to the slot of `now`; the agents heard of last, at most `limit`. */
export async function listUptimes(
  db: Database,
  input: { readonly projectId: number; readonly nowMs: number; readonly limit: number },
): Promise<readonly UptimeRow[]> {
  const lastSlot = Math.floor(input.nowMs / slotMs);
  const firstOf = (days: number) => lastSlot + 1 - days * daySlots;
  const rows = await db.run(statement, [
    input.projectId,
    firstOf(1),
    firstOf(7),
    firstOf(30),
    lastSlot,
    new Date((lastSlot + 1) * slotMs).toISOString(),
    input.limit,
  ]);
  return rows.map((row) => ({
    agent: String(row['agent']),
    lastSeen: new Date(String(row['ts'])),
    firstSlot: Number(row['first_slot']),
    slotsUp: [Number(row['of_day']), Number(row['of_week']), Number(row['of_month'])],
    daySlots: parseDays(String(row['days'] ?? '')).filter((slot) => slot >= firstOf(1)),
    gauges: row['gauges'],
  }));
}

/** `20777:0110…`: a day since the epoch and its slots, as the numbers of those that are set, ascending. */
function parseDays(text: string): readonly number[] {
  const slots = text.split(' ').flatMap((pair) => {
    const [day, bits = ''] = pair.split(':');
    return [...bits].flatMap((bit, place) => (bit === '1' ? [Number(day) * daySlots + place] : []));
  });
  return slots.sort((a, b) => a - b);
}

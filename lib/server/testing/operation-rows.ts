import { nameOfCode, operationKindCodes } from '#db/codes.ts';
import type { Database, Row } from '#db/database.ts';
import type { CallClass } from '#db/queries/class-calls.ts';
import type { UptimeRow } from '#db/queries/list-uptimes.ts';
import type { OperationSums } from '#db/queries/sum-operations.ts';
import { callClasses } from '#lib/usage/call-class.ts';
import { latencyBucket } from '#lib/usage/latency-histogram.ts';

type Range = { readonly projectId: number; readonly fromMs: number; readonly toMs: number };
const slotMs = 300_000;
const daySlots = 288;

/** What `sumOperations` answers, added up from the rows themselves in JavaScript. */
export async function sumOperationRows(db: Database, range: Range): Promise<readonly OperationSums[]> {
  const rows = await db.run(
    `select kind, name, status, duration_ms, bytes_before, bytes_after, tokens_before, tokens_after, attributes
     from operations where project_id = $1::int and ts >= $2::text::timestamptz and ts < $3::text::timestamptz`,
    paramsOf(range),
  );
  const groups = groupBy(rows, (row) => `${row['kind']} ${row['name']}`);
  return [...groups.values()].map((group) => {
    const count = (holds: (row: Row) => boolean) => group.filter(holds).length;
    const saved = (what: string) =>
      group.reduce((sum, row) => {
        const [before, after] = [row[`${what}_before`], row[`${what}_after`]];
        return before === null || after === null ? sum : sum + Number(before) - Number(after);
      }, 0);
    const durations = group.map((row) => Number(row['duration_ms']));
    const isTool = (row: Row) => row['kind'] === operationKindCodes.tool;
    return {
      kind: nameOfCode(operationKindCodes, Number(group[0]?.['kind'])),
      name: String(group[0]?.['name']),
      calls: group.length,
      errors: count((row) => row['status'] === 1),
      limited: count((row) => isTool(row) && attribute(row, 'outcome') === 'limited'),
      cached: count((row) => isTool(row) && String(attribute(row, 'fromCache')) === 'true'),
      bytesSaved: saved('bytes'),
      tokensSaved: saved('tokens'),
      maxMs: Math.max(...durations),
      histogram: histogramOf(durations),
    };
  });
}

/** What `classCalls` answers, from the events. */
export async function classCallRows(db: Database, range: Range): Promise<readonly CallClass[]> {
  const rows = await db.run(
    `select latency_ms, input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens
     from usage_events where project_id = $1::int and ts >= $2::text::timestamptz and ts < $3::text::timestamptz
       and latency_ms is not null`,
    paramsOf(range),
  );
  const calls = rows.map(({ latency_ms, ...tokens }) => {
    const context = Object.values(tokens).reduce<number>((sum, part) => sum + Number(part), 0);
    return {
      latencyMs: Number(latency_ms),
      number: callClasses.findIndex(({ tokensBelow }) => context < tokensBelow),
    };
  });
  return callClasses.flatMap(({ targetMs }, number) => {
    const latencies = calls.filter((call) => call.number === number).map(({ latencyMs }) => latencyMs);
    if (latencies.length === 0) return [];
    const late = latencies.filter((ms) => ms > targetMs).length;
    return [{ number, calls: latencies.length, late, histogram: histogramOf(latencies) }];
  });
}

/** What `listUptimes` answers, from the heartbeats. */
export async function uptimeRows(
  db: Database,
  { projectId, nowMs }: { readonly projectId: number; readonly nowMs: number },
): Promise<readonly UptimeRow[]> {
  const lastSlot = Math.floor(nowMs / slotMs);
  const firstOf = (days: number) => lastSlot + 1 - days * daySlots;
  const fromMs = firstOf(30) * slotMs;
  const rows = await db.run(
    `select a.name as agent, h.ts, h.gauges from heartbeats h
     join agents a on a.project_id = h.project_id and a.id = h.agent_id
     where h.project_id = $1::int and h.ts >= $2::text::timestamptz and h.ts < $3::text::timestamptz
     order by a.name, h.ts`,
    paramsOf({ projectId, fromMs, toMs: (lastSlot + 1) * slotMs }),
  );
  return [...groupBy(rows, (row) => String(row['agent']))].map(([agent, beats]) => {
    const slots = [
      ...new Set(beats.map((row) => Math.floor(new Date(String(row['ts'])).getTime() / slotMs))),
    ];
    const upSince = (first: number) => slots.filter((slot) => slot >= first);
    const newest = beats.at(-1);
    return {
      agent,
      lastSeen: new Date(String(newest?.['ts'])),
      firstSlot: Math.min(...slots),
      slotsUp: [upSince(firstOf(1)).length, upSince(firstOf(7)).length, slots.length],
      daySlots: upSince(firstOf(1)),
      gauges: newest?.['gauges'],
    };
  });
}

const paramsOf = ({ projectId, fromMs, toMs }: Range) => [
  projectId,
  new Date(fromMs).toISOString(),
  new Date(toMs).toISOString(),
];

function attribute(row: Row, name: string): unknown {
  const { attributes } = row;
  if (typeof attributes !== 'object' || attributes === null) return undefined;
  return Object.entries(attributes).find(([key]) => key === name)?.[1];
}

function histogramOf(durations: readonly number[]): readonly (readonly [number, number])[] {
  const counts = new Map<number, number>();
  for (const ms of durations) counts.set(latencyBucket(ms), (counts.get(latencyBucket(ms)) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}

function groupBy(rows: readonly Row[], nameOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(nameOf(row), [...(groups.get(nameOf(row)) ?? []), row]);
  return groups;
}

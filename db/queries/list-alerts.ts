import { alertStateCodes, nameOfCode } from '../codes.ts';
import type { Database } from '../database.ts';

export type AlertRow = {
  readonly id: string;
  readonly budgetId: string;
  readonly rule: string;
  readonly state: 'firing' | 'recovered';
  readonly windowStartsAt: Date;
  readonly firedAt: Date;
  readonly recoveredAt: Date | null;
  readonly isSeen: boolean;
  readonly details: Readonly<Record<string, unknown>>;
  readonly deliveries: { readonly pending: number; readonly delivered: number; readonly failed: number };
};

const statement = `
select a.id::text, a.budget_id::text, a.rule, a.state, a.window_starts_at::text, a.fired_at::text, a.recovered_at::text,
  a.seen_at is not null as is_seen, a.details, d.pending, d.delivered, d.failed
from (
  select * from alerts where project_id = $1::int and ($2::text is null or fired_at < $2::text::timestamptz)
  order by fired_at desc, id desc limit $3::int
) a cross join lateral (
  select count(*) filter (where state = 0)::int as pending, count(*) filter (where state = 1)::int as delivered,
    count(*) filter (where state = 2)::int as failed
  from deliveries where project_id = $1::int and alert_id = a.id
) d order by a.fired_at desc, a.id desc`;

/** The feed, the latest first. */
export async function listAlerts(
  db: Database,
  input: { readonly projectId: number; readonly before: Date | null; readonly limit: number },
): Promise<readonly AlertRow[]> {
  const rows = await db.run(statement, [input.projectId, input.before?.toISOString() ?? null, input.limit]);
  return rows.map((row) => ({
    id: String(row['id']),
    budgetId: String(row['budget_id']),
    rule: String(row['rule']),
    state: nameOfCode(alertStateCodes, Number(row['state'])),
    windowStartsAt: new Date(String(row['window_starts_at'])),
    firedAt: new Date(String(row['fired_at'])),
    recoveredAt: row['recovered_at'] === null ? null : new Date(String(row['recovered_at'])),
    isSeen: row['is_seen'] === true,
    details: row['details'] as Readonly<Record<string, unknown>>,
    deliveries: {
      pending: Number(row['pending']),
      delivered: Number(row['delivered']),
      failed: Number(row['failed']),
    },
  }));
}

const unseenStatement = `
select count(*)::int as unseen from (
  select 1 from alerts where project_id = $1::int and seen_at is null order by fired_at desc limit 100) a`;

/** How many of the alerts nobody has looked at, up to 100. */
export async function countUnseenAlerts(db: Database, projectId: number): Promise<number> {
  const [row] = await db.run<{ unseen: number }>(unseenStatement, [projectId]);
  return row?.unseen ?? 0;
}

const seeStatement = `
update alerts set seen_at = now()
where project_id = $1::int and seen_at is null and fired_at <= $2::text::timestamptz`;

/** Notes that the feed was looked at. */
export async function seeAlerts(
  db: Database,
  input: { readonly projectId: number; readonly until: Date },
): Promise<void> {
  await db.run(seeStatement, [input.projectId, input.until.toISOString()]);
}

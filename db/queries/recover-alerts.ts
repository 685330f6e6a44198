import { plainLiteral, textsLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';

export type AlertToRecover = {
  readonly budgetId: string;
  readonly windowStartsAt: Date;
  readonly rule: string;
  readonly payload: Readonly<Record<string, unknown>>;
};

/** The targets are told the first time only: a figure that swings about a threshold sends no stream of messages. */
const statement = `
with want as materialized (
  select * from unnest($2::text::uuid[], $3::text::timestamptz[], $4::text::text[], $5::text::text[])
    w (budget_id, window_starts_at, rule, payload)
), old as materialized (
  select a.id, a.recovered_at, a.budget_id, a.window_starts_at, a.rule from alerts a
  where a.project_id = $1::int and a.state = 0
    and (a.budget_id, a.window_starts_at, a.rule) in (select budget_id, window_starts_at, rule from want)
  order by a.id for update
), recovered as (
  update alerts a set state = 1, recovered_at = coalesce(a.recovered_at, now())
  from old o where a.project_id = $1::int and a.id = o.id
), told as (
  insert into deliveries (project_id, id, alert_id, target_id, state, payload)
  select $1::int, gen_random_uuid(), o.id, t.id, 0, w.payload::jsonb || jsonb_build_object('id', o.id)
  from old o join want w on w.budget_id = o.budget_id and w.window_starts_at = o.window_starts_at and w.rule = o.rule
  cross join (select id from alert_targets where project_id = $1::int and deleted_at is null) t
  where o.recovered_at is null
)
select count(*)::int as recovered from old`;

/** Says of firing alerts that they fire no more. @returns how many */
export async function recoverAlerts(
  db: Database,
  input: { readonly projectId: number; readonly alerts: readonly AlertToRecover[] },
): Promise<number> {
  const { alerts } = input;
  if (alerts.length === 0) return 0;
  const [row] = await db.run<{ recovered: number }>(statement, [
    input.projectId,
    plainLiteral(alerts.map(({ budgetId }) => budgetId)),
    plainLiteral(alerts.map(({ windowStartsAt }) => windowStartsAt.toISOString())),
    textsLiteral(alerts.map(({ rule }) => rule)),
    textsLiteral(alerts.map(({ payload }) => JSON.stringify(payload))),
  ]);
  return row?.recovered ?? 0;
}

import { plainLiteral, textsLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';

export type AlertToFire = {
  readonly id: string;
  readonly budgetId: string;
  readonly windowStartsAt: Date;
  readonly rule: string;
  readonly spentPicoUsd: bigint;
  readonly details: Readonly<Record<string, unknown>>;
  /** What the targets are told. */
  readonly payload: Readonly<Record<string, unknown>>;
};

/**
 * The alert, and a message to each target in the outbox, in one statement: what fired is told, also if we are
 * killed right after. An alert that is there already is neither written nor told again.
 */
const statement = `
with want as materialized (
  select * from unnest($2::text::uuid[], $3::text::uuid[], $4::text::timestamptz[], $5::text::text[], $6::text::int8[],
    $7::text::text[], $8::text::text[]) w (id, budget_id, window_starts_at, rule, spent, details, payload)
), fired as (
  insert into alerts (project_id, id, budget_id, window_starts_at, rule, state, spent_pico_usd, details)
  select $1::int, w.id, w.budget_id, w.window_starts_at, w.rule, 0, w.spent, w.details::jsonb from want w
  order by w.budget_id, w.window_starts_at, w.rule
  on conflict do nothing
  returning id
), told as (
  insert into deliveries (project_id, id, alert_id, target_id, state, payload)
  select $1::int, gen_random_uuid(), w.id, t.id, 0, w.payload::jsonb
  from fired f join want w on w.id = f.id
  cross join (select id from alert_targets where project_id = $1::int and deleted_at is null) t
)
select id::text from fired`;

/** @returns the ids of those that are new */
export async function fireAlerts(
  db: Database,
  input: { readonly projectId: number; readonly alerts: readonly AlertToFire[] },
): Promise<readonly string[]> {
  const { alerts } = input;
  if (alerts.length === 0) return [];
  const rows = await db.run<{ id: string }>(statement, [
    input.projectId,
    plainLiteral(alerts.map(({ id }) => id)),
    plainLiteral(alerts.map(({ budgetId }) => budgetId)),
    plainLiteral(alerts.map(({ windowStartsAt }) => windowStartsAt.toISOString())),
    textsLiteral(alerts.map(({ rule }) => rule)),
    textsLiteral(alerts.map(({ spentPicoUsd }) => String(spentPicoUsd))),
    textsLiteral(alerts.map(({ details }) => JSON.stringify(details))),
    textsLiteral(alerts.map(({ payload }) => JSON.stringify(payload))),
  ]);
  return rows.map(({ id }) => id);
}

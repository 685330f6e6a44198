import { nameOfCode, targetKindCodes } from '../codes.ts';
import type { Database } from '../database.ts';
import type { TargetKind } from './alert-targets.ts';

export type ClaimedDelivery = {
  readonly id: string;
  /** This one included. */
  readonly attempts: number;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly kind: TargetKind;
  readonly url: string;
  readonly secret: string;
};

/** Until then nobody else takes it; if we are killed in between it is sent again. */
const claimSeconds = 60;

const statement = `
with due as materialized (
  select id from deliveries where project_id = $1::int and state = 0 and next_attempt_at <= now()
  order by next_attempt_at, id limit $2::int for update skip locked
), claimed as (
  update deliveries d set attempts = d.attempts + 1, next_attempt_at = now() + interval '${claimSeconds} seconds'
  from due where d.project_id = $1::int and d.id = due.id
  returning d.id, d.attempts, d.payload, d.target_id
)
select c.id::text, c.attempts, c.payload, t.kind, t.url, t.secret from claimed c
join alert_targets t on t.project_id = $1::int and t.id = c.target_id and t.deleted_at is null`;

/** Takes what is due, for a minute. */
export async function claimDeliveries(
  db: Database,
  input: { readonly projectId: number; readonly limit: number },
): Promise<readonly ClaimedDelivery[]> {
  const rows = await db.run(statement, [input.projectId, input.limit]);
  return rows.map((row) => ({
    id: String(row['id']),
    attempts: Number(row['attempts']),
    payload: row['payload'] as Readonly<Record<string, unknown>>,
    kind: nameOfCode(targetKindCodes, Number(row['kind'])),
    url: String(row['url']),
    secret: String(row['secret']),
  }));
}

const finishStatement = `
update deliveries set state = $3::text::int2, last_error = $4::text,
  delivered_at = case when $3::text = '1' then now() end,
  next_attempt_at = now() + make_interval(secs => $5::float8)
where project_id = $1::int and id = $2::text::uuid and state = 0`;

/** Writes down how an attempt ended; `retrySeconds` null gives up. */
export async function finishDelivery(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly error: string | null;
    readonly retrySeconds: number | null;
  },
): Promise<void> {
  const state = input.error === null ? '1' : input.retrySeconds === null ? '2' : '0';
  await db.run(finishStatement, [input.projectId, input.id, state, input.error, input.retrySeconds ?? 0]);
}

import type { Param } from '../database.ts';

export type AuditAction =
  | 'login'
  | 'login_failed'
  | 'logout'
  | 'login_link_made'
  | 'key_made'
  | 'key_revoked'
  | 'settings_changed'
  | 'price_added'
  | 'price_changed'
  | 'price_removed'
  | 'reprice_begun'
  | 'repriced'
  | 'password_changed'
  | 'history_cleared'
  | 'history_restored'
  | 'demo_made'
  | 'demo_removed'
  | 'budget_made'
  | 'budget_changed'
  | 'budget_deleted'
  | 'alert_target_made'
  | 'alert_target_deleted';

/** Who did what. Never a secret in `details`. */
export type AuditNote = {
  readonly id: string;
  readonly actor: string;
  readonly action: AuditAction;
  readonly details: Readonly<Record<string, unknown>>;
};

/**
 * A CTE that writes one audit row when `from` (a CTE of the same statement) has a row, so that a change and
 * its note are committed together. `$1` is the project; the note's four parameters start at `firstParam`.
 */
export function auditClause({ from, firstParam }: { readonly from: string; readonly firstParam: number }) {
  const [id, actor, action, details] = [0, 1, 2, 3].map((offset) => `$${firstParam + offset}::text`);
  return `noted as (
  insert into audit (project_id, id, actor, action, details)
  select $1::int, ${id}::uuid, ${actor}, ${action}, ${details}::jsonb where exists (select 1 from ${from})
)`;
}

export function auditParams(note: AuditNote): readonly Param[] {
  return [note.id, note.actor, note.action, JSON.stringify(note.details)];
}

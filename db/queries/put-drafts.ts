import type { MessageKind, MessageRole } from '#lib/chat/message-event.ts';
import { numbersLiteral, plainLiteral, sparseTextsLiteral, textsLiteral } from '../array-literal.ts';
import { messageKindCodes, roleCodes } from '../codes.ts';
import type { Database, Param } from '../database.ts';
import { draftLife } from './draft-life.ts';

export type DraftRow = {
  readonly sessionId: number;
  readonly key: string;
  readonly externalId: string | null;
  readonly ts: string;
  readonly role: MessageRole;
  readonly kind: MessageKind;
  readonly toolName: string | null;
  readonly redactions: number;
  readonly characters: number;
  readonly truncated: boolean;
  readonly text: string;
};

const columns = [
  ['session_id', 'int8', (rows) => numbersLiteral(rows.map((row) => row.sessionId))],
  ['id', 'uuid', (rows) => plainLiteral(rows.map((row) => row.key))],
  ['ts', 'timestamptz', (rows) => plainLiteral(rows.map((row) => row.ts))],
  ['role', 'int2', (rows) => numbersLiteral(rows.map((row) => roleCodes[row.role]))],
  ['kind', 'int2', (rows) => numbersLiteral(rows.map((row) => messageKindCodes[row.kind]))],
  ['redactions', 'int4', (rows) => numbersLiteral(rows.map((row) => row.redactions))],
  ['characters', 'int8', (rows) => numbersLiteral(rows.map((row) => row.characters))],
  ['truncated', 'bool', (rows) => plainLiteral(rows.map((row) => String(row.truncated)))],
  ['external_id', 'text', (rows) => sparseTextsLiteral(rows.map((row) => row.externalId))],
  ['tool_name', 'text', (rows) => sparseTextsLiteral(rows.map((row) => row.toolName))],
  ['text', 'text', (rows) => textsLiteral(rows.map((row) => row.text))],
] as const satisfies readonly (readonly [string, string, (rows: readonly DraftRow[]) => string])[];

const names = columns.map(([name]) => name).join(', ');
/** Drafts of a session that are remembered, so that none that began before a clearing comes back after it. */
const seenMax = 16;

/**
 * Of two drafts the one with the later time stands, unless the other is over. No session is locked: a message that
 * is stored, or a clearing that happens, beside this statement is seen by who reads (list-message-page.ts).
 */
const statement = `
with input as (
  select * from unnest(${columns.map(([, type], index) => `$${index + 2}::text::${type}[]`).join(', ')}) t (${names})
), fresh as (
  select i.*, s.epoch from input i join sessions s on s.project_id = $1::int and s.id = i.session_id
  where not exists (select 1 from messages m
    where m.project_id = $1::int and m.session_id = i.session_id and m.id = i.id)
)
insert into message_drafts as d (project_id, epoch, ${names}, seen, barred)
select $1::int, epoch, ${names}, array[id], '{}'::uuid[] from fresh order by session_id
on conflict (project_id, session_id) do update set
  ${columns.map(([name]) => `${name} = excluded.${name}`).join(', ')},
  epoch = excluded.epoch, updated_at = excluded.updated_at,
  seen = (excluded.id || array_remove(d.seen, excluded.id))[:${seenMax}],
  barred = case when d.epoch < excluded.epoch then d.seen else d.barred end
where d.epoch <= excluded.epoch
  and excluded.id <> all (case when d.epoch < excluded.epoch then d.seen else d.barred end)
  and (d.epoch < excluded.epoch or d.ts <= excluded.ts
    or (d.id <> excluded.id and (d.text is null or d.updated_at < excluded.updated_at - interval '${draftLife}')))
returning d.session_id::text`;

/** Puts drafts of distinct sessions. @returns the sessions whose draft was kept. */
export async function putDrafts(
  db: Database,
  input: { readonly projectId: number; readonly rows: readonly DraftRow[] },
): Promise<ReadonlySet<number>> {
  const params: Param[] = [input.projectId];
  for (const [, , write] of columns) params.push(write(input.rows));
  const rows = await db.run<{ session_id: string }>(statement, params);
  return new Set(rows.map((row) => Number(row.session_id)));
}

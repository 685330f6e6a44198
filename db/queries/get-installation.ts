import type { Database } from '../database.ts';

export type InstallationRow = {
  readonly events: number;
  readonly messages: number;
  readonly sessions: number;
  readonly serverVersion: string;
  /** Null unless this role may see it, as the owner of an embedded server may. */
  readonly dataDirectory: string | null;
};

/** Calls from the day rollups and the deltas not folded yet, messages from the sessions: never the ledger. */
const statement = `
select
  (select coalesce(sum(calls), 0) from usage_rollups where project_id = $1::int and scope = 0 and grain = 1440)
    + (select coalesce(sum(calls), 0) from rollup_deltas where project_id = $1::int) as events,
  (select coalesce(sum(messages), 0) from sessions where project_id = $1::int) as messages,
  (select count(*) from sessions where project_id = $1::int) as sessions,
  current_setting('server_version') as server_version,
  (select setting from pg_settings where name = 'data_directory') as data_directory`;

/** How much a project holds, and on which server. */
export async function getInstallation(db: Database, projectId: number): Promise<InstallationRow> {
  const [row = {}] = await db.run(statement, [projectId]);
  const directory = row['data_directory'];
  return {
    events: Number(row['events']),
    messages: Number(row['messages']),
    sessions: Number(row['sessions']),
    serverVersion: String(row['server_version']),
    dataDirectory: typeof directory === 'string' ? directory : null,
  };
}

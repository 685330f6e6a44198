/**
 * What of a project can change while somebody looks. `drafts` are messages that are being written: told to those
 * who follow their session, to nobody else.
 */
export const changeTopics = [
  'usage',
  'messages',
  'drafts',
  'operations',
  'heartbeats',
  'budgets',
  'settings',
] as const;
export type ChangeTopic = (typeof changeTopics)[number];

/**
 * That something changed, not what it is now: who hears it asks the API anew. `sessions` are the ids of the
 * sessions that changed; `many` when there were more than `changedSessionsMax`, so that each may have.
 */
export type ProjectChange = {
  readonly topics: readonly ChangeTopic[];
  readonly sessions: readonly string[] | 'many';
};

/** Past it a change says `many`: the whole must fit into one notification of Postgres (8,000 bytes). */
export const changedSessionsMax = 24;

/** Everything may have changed: for who was deaf for a while. */
export const everyChange: ProjectChange = { topics: changeTopics, sessions: 'many' };

/** What has changed since either: order does not matter, and adding a change twice adds nothing. */
export function mergeChanges(first: ProjectChange | undefined, second: ProjectChange): ProjectChange {
  if (first === undefined) return second;
  return {
    topics: changeTopics.filter((topic) => first.topics.includes(topic) || second.topics.includes(topic)),
    sessions: mergeSessions(first.sessions, second.sessions),
  };
}

function mergeSessions(
  first: ProjectChange['sessions'],
  second: ProjectChange['sessions'],
): ProjectChange['sessions'] {
  if (first === 'many' || second === 'many') return 'many';
  const all = new Set([...first, ...second]);
  return all.size > changedSessionsMax ? 'many' : [...all];
}

/** The part of a change that concerns who follows only certain sessions; null when none of it does. */
export function narrowChange(change: ProjectChange, followed: ReadonlySet<string>): ProjectChange | null {
  const sessions =
    change.sessions === 'many' ? [...followed] : change.sessions.filter((id) => followed.has(id));
  const topics = sessions.length > 0 ? change.topics : change.topics.filter((topic) => topic !== 'drafts');
  return topics.length === 0 && sessions.length === 0 ? null : { topics, sessions };
}

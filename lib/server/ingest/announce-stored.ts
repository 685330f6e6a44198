import 'server-only';
import { changedSessionsMax, type ProjectChange } from '#lib/live/project-change.ts';
import type { Outcome } from './store-once.ts';

type Announcement<Item> = {
  readonly sessionOf: (item: Item) => string | null;
  readonly announce: (sessions: ProjectChange['sessions']) => void;
};

/** Tells of a flush after its commit, when it stored anything: by the sessions of its items. */
export async function announceStored<Item>(
  items: readonly Item[],
  stored: Promise<readonly Outcome[]>,
  { sessionOf, announce }: Announcement<Item>,
): Promise<readonly Outcome[]> {
  const outcomes = await stored;
  if (outcomes.some((outcome) => outcome === 'accepted' || outcome === 'raised')) {
    announce(sessionsOf(items, sessionOf));
  }
  return outcomes;
}

function sessionsOf<Item>(
  items: readonly Item[],
  sessionOf: Announcement<Item>['sessionOf'],
): ProjectChange['sessions'] {
  const sessions = new Set<string>();
  for (const item of items) {
    const session = sessionOf(item);
    if (session === null) continue;
    sessions.add(session);
    if (sessions.size > changedSessionsMax) return 'many';
  }
  return [...sessions];
}

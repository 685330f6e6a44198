import 'server-only';
import type { Database } from '#db/database.ts';
import { type DraftRow, putDrafts } from '#db/queries/put-drafts.ts';
import type { DraftEvent } from '#lib/chat/draft-event.ts';
import { toDraftText } from '#lib/chat/draft-text.ts';
import { eventKey, isKey } from '#lib/usage/event-key.ts';
import type { Dictionaries } from './dictionaries.ts';
import { idOf } from './dictionary.ts';
import type { Outcome } from './store-once.ts';

/** A draft as it will be shown, but for its session's number. */
export type PreparedDraft = {
  readonly event: Pick<DraftEvent, 'session' | 'agent' | 'ts' | 'tsMs'>;
  readonly row: Omit<DraftRow, 'sessionId'>;
  /** About how many bytes the statement will carry. */
  readonly weight: number;
};

/** Redacts and cuts. The content that was sent is garbage afterwards. */
export function prepareDraft(event: DraftEvent, options: { readonly redact: boolean }): PreparedDraft {
  const { session, agent, ts, tsMs, role, kind, toolName } = event;
  const text = toDraftText(event.content, options);
  const row = {
    key: eventKey(event.id),
    externalId: isKey(event.id) ? null : event.id,
    ts,
    role,
    kind,
    toolName,
    ...text,
  };
  return { event: { session, agent, ts, tsMs }, row, weight: 200 + text.text.length };
}

/**
 * Puts the newest draft of each session, in one statement. A draft that is not kept is a `duplicate`: its message is
 * there or was cleared, or a newer one is there.
 */
export async function storeDrafts(
  items: readonly PreparedDraft[],
  options: { readonly db: Database; readonly dictionaries: Dictionaries; readonly projectId: number },
): Promise<readonly Outcome[]> {
  const { db, projectId, dictionaries } = options;
  const newest = new Map<string, PreparedDraft>();
  for (const item of items) {
    const other = newest.get(item.event.session);
    if (other === undefined || other.event.tsMs <= item.event.tsMs) newest.set(item.event.session, item);
  }
  const chosen = [...newest.values()];
  const agents = await dictionaries.agents.resolve(
    projectId,
    chosen.map(({ event }) => event.agent),
  );
  const sessions = await dictionaries.sessions.resolve(
    projectId,
    chosen.map(({ event }) => ({
      externalId: event.session,
      agentId: idOf(agents, event.agent),
      ts: event.ts,
    })),
  );
  const rows = chosen.map(({ event, row }) => ({ ...row, sessionId: idOf(sessions, event.session) }));
  const kept = await putDrafts(db, { projectId, rows });
  return items.map((item) => {
    const isKept = newest.get(item.event.session) === item && kept.has(idOf(sessions, item.event.session));
    return isKept ? 'accepted' : 'duplicate';
  });
}

import 'server-only';
import type { Database } from '#db/database.ts';
import { appendMessages, type MessageRow } from '#db/queries/append-messages.ts';
import { findMessageHashes } from '#db/queries/find-message-hashes.ts';
import { estimateTokens } from '#lib/chat/estimate-tokens.ts';
import type { MessageEvent } from '#lib/chat/message-event.ts';
import { redactContent } from '#lib/chat/redact-secrets.ts';
import { readableText, toStoredContent } from '#lib/chat/stored-content.ts';
import { eventKey, hashKey, isKey } from '#lib/usage/event-key.ts';
import type { Dictionaries } from './dictionaries.ts';
import { idOf } from './dictionary.ts';
import { type Outcome, storeOnce } from './store-once.ts';

/** A message as it will be stored, but for its session's number. */
export type PreparedMessage = {
  readonly event: Pick<MessageEvent, 'session' | 'agent' | 'ts'>;
  readonly row: Omit<MessageRow, 'sessionId'>;
  /** About how many bytes the statement will carry. */
  readonly weight: number;
};

/** Redacts, sizes and cuts. The content that was sent is garbage afterwards. */
export function prepareMessage(event: MessageEvent, options: { readonly redact: boolean }): PreparedMessage {
  const sent = typeof event.content === 'string' ? event.content : JSON.stringify(event.content);
  const safe = options.redact ? redactContent(event.content) : { content: event.content, count: 0 };
  const stored = toStoredContent(safe.content);
  const row = {
    key: eventKey(event.id),
    externalId: isKey(event.id) ? null : event.id,
    ts: event.ts,
    role: event.role,
    kind: event.kind,
    toolName: event.toolName,
    toolCallId: event.toolCallId,
    bytes: event.bytes ?? Buffer.byteLength(sent, 'utf8'),
    tokens: event.tokens ?? estimateTokens(readableText(event.content)),
    tokensEstimated: event.tokens === null,
    redactions: safe.count,
    encoding: stored.encoding,
    truncated: stored.truncated,
    contentHash: hashKey(sent),
    preview: stored.preview,
    body: stored.body,
  };
  const weight = 200 + stored.preview.length + (stored.body?.length ?? 0);
  return { event: { session: event.session, agent: event.agent, ts: event.ts }, row, weight };
}

/** Appends messages to their sessions in order; one outcome for each. Cleared ids stay cleared. */
export async function storeMessages(
  items: readonly PreparedMessage[],
  options: { readonly db: Database; readonly dictionaries: Dictionaries; readonly projectId: number },
): Promise<readonly Outcome[]> {
  const { db, projectId, dictionaries } = options;
  const agents = await dictionaries.agents.resolve(
    projectId,
    items.map(({ event }) => event.agent),
  );
  const sessions = await dictionaries.sessions.resolve(
    projectId,
    items.map(({ event }) => ({
      externalId: event.session,
      agentId: idOf(agents, event.agent),
      ts: event.ts,
    })),
  );
  const rows = items.map(({ event, row }) => ({ ...row, sessionId: idOf(sessions, event.session) }));
  return storeOnce(rows, {
    keyOf,
    valuesOf: (row) => [row.contentHash],
    insert: async (distinct) => new Set((await appendMessages(db, { projectId, rows: distinct })).map(keyOf)),
    findValues: async (old) => {
      const stored = await findMessageHashes(db, { projectId, messages: old });
      return new Map(stored.map((row) => [keyOf(row), [row.contentHash]]));
    },
  });
}

/** A message's id is unique in its session only. */
function keyOf(row: { readonly sessionId: number; readonly key: string }): string {
  return `${row.sessionId}/${row.key}`;
}

import type { Database } from '#db/database.ts';
import { readUsage, type UsageQuery } from '#lib/server/read-usage.ts';
import { readMessages } from '#lib/server/sessions/read-messages.ts';
import { readSessions, type SessionsQuery } from '#lib/server/sessions/read-sessions.ts';
import { sessionSorts } from '#lib/sessions/session-sort.ts';
import { startOfLocal } from '#lib/time/time-zone.ts';
import { eventNames } from '../event-names.ts';
import { longSession } from './generate-messages.ts';

/** One question, as a use case and as the request that reaches it. Both answers have as many rows. */
export type Question = {
  readonly name: string;
  readonly ask: (db: Database) => Promise<number>;
  readonly path: string;
  /** What the body's list is called. */
  readonly list: 'rows' | 'sessions' | 'messages';
  /** Asked for what is not there. */
  readonly isEmpty?: true;
};

const projectId = 1;
const dayMs = 86_400_000;
const pageLimit = 50;

/** Thirty days by day and model up to an instant within a quarter hour, as the overview asks. */
export function usageQuestions(endMs: number): readonly Question[] {
  const days = (timeZone: string): Question => {
    const fromMs = startOfLocal({ unit: 'day', zone: timeZone, instantMs: endMs - 29 * dayMs });
    return usageQuestion(`usage, 30 days by day and model, ${timeZone}`, {
      fromMs,
      toMs: endMs,
      timeZone,
      bucket: 'day',
      groupBy: ['model'],
    });
  };
  const month = {
    fromMs: monthStart(endMs, 0),
    toMs: monthStart(endMs, 1),
    timeZone: 'UTC',
    bucket: 'total',
    latency: false,
  } as const;
  return [
    days('UTC'),
    days('America/New_York'),
    days('Asia/Kolkata'),
    usageQuestion('budget sum, month, project', { ...month, groupBy: [] }),
    usageQuestion('budget sum, month, by agent', { ...month, groupBy: ['agent'] }),
    usageQuestion('budget sum, month, by model', { ...month, groupBy: ['model'] }),
  ];
}

/** The heaviest sessions, and a page that many pages further down. */
export async function sessionQuestions(db: Database, deepPage: number): Promise<readonly Question[]> {
  let cursor: string | null = null;
  for (let page = 0; page < deepPage; page++) {
    const list = await readSessions(db, { ...sessionsBySize, limit: 200, cursor });
    if (list.nextCursor === null) break;
    cursor = list.nextCursor;
  }
  const others = sessionSorts.filter((sort) => sort !== sessionsBySize.sort);
  return [
    sessionQuestion('sessions by size, first page', {}),
    sessionQuestion('sessions by size, deep page', { cursor }),
    ...others.map((sort) => sessionQuestion(`sessions by ${sort}`, { sort })),
    ...sessionFilters.map(([name, filter]) => sessionQuestion(`sessions, ${name}`, filter)),
    { ...sessionQuestion('sessions, a text that none has', { query: 'no-such-text' }), isEmpty: true },
    { ...sessionQuestion('sessions, a text beyond ASCII', { query: 'größe' }), isEmpty: true },
  ];
}

const sessionFilters: readonly (readonly [string, Partial<SessionsQuery>])[] = [
  ['one source of five', { source: 'cron' }],
  ['one model of eight', { model: eventNames.models[0].name }],
  ['one agent of twenty', { agent: 'agent-07' }],
  ['agent and source', { agent: 'agent-07', source: 'cron' }],
  ['agent, model and source', { agent: 'agent-07', model: eventNames.models[0].name, source: 'cron' }],
  ['a text that one in a hundred has', { query: '-10' }],
  ['a text that one in nine has', { query: '-1' }],
  ['a text that some have, and a model', { query: '-10', model: eventNames.models[0].name }],
  ['a text that all have, and a source', { query: 'SESSION', source: 'cron', sort: 'lastActivity' }],
];

export function messageQuestions(messages: number): readonly Question[] {
  return [
    messageQuestion('messages, first page', 0),
    messageQuestion('messages, middle page', Math.floor(messages / 2 / pageLimit) * pageLimit),
    messageQuestion('messages, last page', messages - pageLimit),
  ];
}

function usageQuestion(name: string, query: Omit<UsageQuery, 'projectId'>): Question {
  const params = new URLSearchParams({
    from: new Date(query.fromMs).toISOString(),
    to: new Date(query.toMs).toISOString(),
    tz: query.timeZone,
    bucket: query.bucket,
    ...(query.latency === false && { latency: 'false' }),
    ...(query.groupBy.length > 0 && { groupBy: query.groupBy.join(',') }),
  });
  return {
    name,
    ask: async (db) => (await readUsage(db, { ...query, projectId })).length,
    path: `/api/usage?${params}`,
    list: 'rows',
  };
}

const sessionsBySize = { projectId, sort: 'bytes', agent: null, query: null, cursor: null } as const;

function sessionQuestion(name: string, filter: Partial<SessionsQuery>): Question {
  const query: SessionsQuery = { ...sessionsBySize, limit: pageLimit, ...filter };
  const { sort, agent, model, source, query: q, cursor } = query;
  const given = Object.entries({ agent, model, source, q, cursor }).flatMap(([key, value]) =>
    value == null ? [] : [[key, value]],
  );
  const params = new URLSearchParams([['sort', sort], ['limit', String(pageLimit)], ...given]);
  return {
    name,
    ask: async (db) => (await readSessions(db, query)).sessions.length,
    path: `/api/sessions?${params}`,
    list: 'sessions',
  };
}

function messageQuestion(name: string, from: number): Question {
  return {
    name,
    ask: async (db) => {
      const page = await readMessages(db, { projectId, id: longSession.id, from, limit: pageLimit });
      return page.messages.length;
    },
    path: `/api/sessions/${longSession.id}/messages?from=${from}&limit=${pageLimit}`,
    list: 'messages',
  };
}

function monthStart(atMs: number, monthsLater: number): number {
  const at = new Date(atMs);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + monthsLater);
}

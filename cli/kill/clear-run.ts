import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startApp } from './running-app.ts';

export type ClearReport = {
  readonly clears: number;
  /** Different messages that were acknowledged, in the session that is cleared. */
  readonly acknowledged: number;
  /** Acknowledged messages of the session that nobody cleared which are gone. */
  readonly lostElsewhere: number;
  /** Numbers behind the cleared line under which no message is, or more numbers than messages. */
  readonly lost: number;
  /** Messages that were acknowledged before a clearing of all began, and can be read again. */
  readonly returned: number;
  /** Readings, after each kill and at the end, in which a part of a clearing showed. */
  readonly halves: number;
};

type Session = { readonly id: string; readonly acknowledged: Set<string> };

const batchSize = 20;
const requestLimitMs = 15_000;
const triesMax = 400;

/**
 * Clears a session again and again while messages are sent to it and acknowledged ones are sent again, and kills
 * Postgres or the whole app (by turns, SIGKILL) while each clearing is under way; then compares.
 */
export async function clearRun({ clears }: { readonly clears: number }): Promise<ClearReport> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'plimsoll-clear-'));
  const adminKey = randomBytes(24).toString('base64url');
  let app = await startApp({ dataDir, adminKey });
  const ask = (method: string, address: string, body?: unknown) =>
    insist(() => request({ url: app.url, adminKey, method, address, body }));
  const cleared: Session = { id: 'clear:one', acknowledged: new Set() };
  const other: Session = { id: 'clear:other', acknowledged: new Set() };
  const goneForSure = new Set<string>();
  let halves = 0;
  let line = -1;
  const writing = startWriting([cleared, other], ask);
  try {
    for (let clear = 0; clear < clears; clear++) {
      await writing.more(batchSize * 4);
      const before = [...cleared.acknowledged];
      const clearing = ask('DELETE', `/api/sessions/${cleared.id}/messages`);
      await pause((clear * 7) % 30);
      if (clear % 2 === 0) app.killPostgres();
      else {
        await app.killEverything();
        app = await startApp({ dataDir, adminKey });
      }
      const receipt = (await clearing) as { readonly clearedThroughSeq: number };
      for (const id of before) goneForSure.add(id);
      const read = await readAll(cleared.id, ask);
      if (!read.isWhole || read.clearedThroughSeq < Math.max(line, receipt.clearedThroughSeq)) halves += 1;
      line = Math.max(line, receipt.clearedThroughSeq);
    }
    await writing.stop();
    for (const session of [cleared, other]) await sendAgain(session, ask);
    const left = await readAll(cleared.id, ask);
    const kept = await readAll(other.id, ask);
    if (!left.isWhole || !kept.isWhole || left.clearedThroughSeq < line) halves += 1;
    return {
      clears,
      acknowledged: cleared.acknowledged.size,
      lostElsewhere: [...other.acknowledged].filter((id) => !kept.ids.has(id)).length,
      lost: Math.abs(left.lastSeq + 1 - cleared.acknowledged.size),
      returned: [...goneForSure].filter((id) => left.ids.has(id)).length,
      halves,
    };
  } finally {
    await writing.stop();
    await app.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

type Ask = (method: string, address: string, body?: unknown) => Promise<unknown>;

/** One batch after another into each session; each is sent until it is acknowledged, and half of it again later. */
function startWriting(sessions: readonly Session[], ask: Ask) {
  let isStopping = false;
  const work = Promise.all(
    sessions.map(async (session) => {
      for (let batch = 0; !isStopping; batch++) {
        const ids = Array.from(
          { length: batchSize },
          (_, index) => `${session.id}-${batch * batchSize + index}`,
        );
        const again = ids.map(
          (_, index) => `${session.id}-${(batch * 7 + index * 13) % (batch * batchSize + 1)}`,
        );
        await ask('POST', '/api/ingest', { events: toEvents(session, [...new Set([...again, ...ids])]) });
        for (const id of [...again, ...ids]) session.acknowledged.add(id);
      }
    }),
  );
  return {
    /** Resolves when so many more messages of the first session were acknowledged. */
    more: async (count: number) => {
      const wanted = (sessions[0]?.acknowledged.size ?? 0) + count;
      while ((sessions[0]?.acknowledged.size ?? 0) < wanted) await pause(20);
    },
    stop: async () => {
      isStopping = true;
      await work;
    },
  };
}

async function sendAgain(session: Session, ask: Ask): Promise<void> {
  const ids = [...session.acknowledged];
  for (let from = 0; from < ids.length; from += 500) {
    await ask('POST', '/api/ingest', { events: toEvents(session, ids.slice(from, from + 500)) });
  }
}

function toEvents(session: Session, ids: readonly string[]) {
  return ids.map((id) => ({
    type: 'message',
    id,
    // The same for the same id: sent again, it is the same message.
    ts: new Date(Date.UTC(2026, 10, 20) + Number(id.split('-').at(-1)) * 1_000).toISOString(),
    agent: 'clear',
    session: session.id,
    role: 'user',
    content: `text of ${id}`,
  }));
}

type MessagesAnswer = {
  readonly messages: readonly { readonly seq: number; readonly id: string }[];
  readonly nextFrom: number | null;
  readonly lastSeq: number;
  readonly epoch: number;
  readonly clearedThroughSeq: number;
};

/** All that can be read of a session; `isWhole` when it is exactly what lies behind the cleared line. */
async function readAll(id: string, ask: Ask) {
  const ids = new Set<string>();
  const seqs: number[] = [];
  let page: MessagesAnswer;
  let from = 0;
  do {
    page = (await ask('GET', `/api/sessions/${id}/messages?from=${from}&limit=200`)) as MessagesAnswer;
    for (const message of page.messages) {
      ids.add(message.id);
      seqs.push(message.seq);
    }
    from = page.nextFrom ?? from;
  } while (page.nextFrom !== null);
  const { clearedThroughSeq, lastSeq } = page;
  const first = seqs[0] ?? lastSeq + 1;
  const isWhole =
    first === clearedThroughSeq + 1 &&
    seqs.every((seq, index) => seq === first + index) &&
    (seqs[seqs.length - 1] ?? lastSeq) === lastSeq;
  return { ids, isWhole, clearedThroughSeq, lastSeq };
}

/** Asks until it is answered, as an agent does whose answers get lost. */
async function insist(ask: () => Promise<Response>): Promise<unknown> {
  for (let tries = 0; tries < triesMax; tries++) {
    try {
      const answer = await ask();
      if (answer.status === 200) return JSON.parse(await answer.text());
      if (answer.status < 500) throw new TypeError(`${answer.status}: ${await answer.text()}`);
      await answer.text();
    } catch (error) {
      if (error instanceof TypeError && /^4/.test(error.message)) throw error;
      // Killed under it.
    }
    await pause(50);
  }
  throw new Error('The app never answered.');
}

function request(input: {
  readonly url: string;
  readonly adminKey: string;
  readonly method: string;
  readonly address: string;
  readonly body: unknown;
}): Promise<Response> {
  const { url, adminKey, method, address, body } = input;
  return fetch(`${url}${address}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${adminKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(requestLimitMs),
  });
}

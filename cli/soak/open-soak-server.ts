import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openBenchPostgres } from '../bench/bench-postgres.ts';
import { openBenchServer } from '../bench/bench-server.ts';
import { createDatabase } from '../bench/viewer/create-database.ts';
import { readResidentBytes } from '../bench/viewer/read-resident-bytes.ts';

export type SoakServer = {
  /** What a viewer asks of the server in a stretch of its life, in small. */
  live(index: number): Promise<void>;
  residentBytes(): Promise<number>;
  close(): Promise<void>;
};

const messagesPerBatch = 500;
const batches = 4;
const pageReads = 60;
const streams = 10;
const searches = 2;
const deadlineMs = 60_000;

/**
 * The app as `npm start` runs it, on a Postgres of its own. In each stretch a session is written to, read at
 * random places, followed by streams that are cut, searched, and another one is filled and cleared.
 */
export async function openSoakServer(): Promise<SoakServer> {
  const postgres = await openBenchPostgres();
  try {
    const server = await openBenchServer(await createDatabase(postgres.url));
    const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
      const signal = init.signal ?? AbortSignal.timeout(deadlineMs);
      const headers = { ...server.headers, 'content-type': 'application/json' };
      let response = await fetch(`${server.url}${path}`, { ...init, signal, headers });
      while (response.status === 503) {
        // As every client must: the machine is busy with the browser too.
        await response.text();
        await pause(1_000 * Number(response.headers.get('retry-after') ?? 1), undefined, { signal });
        response = await fetch(`${server.url}${path}`, { ...init, signal, headers });
      }
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return response;
    };
    const session = 'soak:open';
    return {
      live: async (index) => {
        for (let batch = 0; batch < batches; batch++) await send(ask, session);
        const written = (index + 1) * batches * messagesPerBatch;
        for (let read = 0; read < pageReads; read++) {
          const from = Math.floor(((index * pageReads + read) * 0.618_034 * written) % written);
          await (await ask(`/api/sessions/${session}/messages?from=${from}`)).text();
        }
        for (let cut = 0; cut < streams; cut++) await cutStream(ask, session);
        for (let search = 0; search < searches; search++) {
          await (await ask(`/api/sessions/${session}/search?q=word${index}`)).text();
        }
        const other = `soak:cleared-${index}`;
        await send(ask, other);
        await (await ask(`/api/sessions/${other}/messages`, { method: 'DELETE' })).text();
      },
      residentBytes: () => readResidentBytes(server.pid),
      close: async () => {
        await server.close();
        await postgres.close();
      },
    };
  } catch (error) {
    await postgres.close();
    throw error;
  }
}

type Ask = (path: string, init?: RequestInit) => Promise<Response>;

async function send(ask: Ask, session: string): Promise<void> {
  const events = Array.from({ length: messagesPerBatch }, (_, index) => ({
    type: 'message',
    id: randomUUID(),
    ts: new Date().toISOString(),
    agent: 'soak',
    session,
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: `word${index} `.repeat(1 + (index % 60)),
  }));
  await (await ask('/api/ingest', { method: 'POST', body: JSON.stringify({ events }) })).text();
}

/** Follows the session until the first event, then leaves without a word. */
async function cutStream(ask: Ask, session: string): Promise<void> {
  const leaving = new AbortController();
  const response = await ask(`/api/sessions/${session}/stream`, { signal: leaving.signal });
  await response.body?.getReader().read();
  leaving.abort();
}

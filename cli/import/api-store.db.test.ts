import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { AppError } from '#lib/errors.ts';
import { openIngestService } from '#lib/server/ingest/ingest-service.ts';
import { receiveBatch } from '#lib/server/ingest/receive-batch.ts';
import { apiStore } from './api-store.ts';
import { fixture } from './testing/fixtures.ts';
import { takeLogs } from './testing/take-logs.ts';

let held: TestDatabase;
let server: Server | undefined;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-import-'));
});
beforeAll(async () => {
  held = await createTestDatabase();
});
afterAll(() => held.close());
afterEach(async () => {
  server?.close();
  await rm(folder, { recursive: true });
});

type Answer = { readonly status: number; readonly headers?: Record<string, string>; readonly body: unknown };

/** A server that first answers as told, and then stores as the real one does. */
async function serve(first: readonly Answer[]): Promise<string> {
  const service = openIngestService(held.db, { redact: true });
  const answers = [...first];
  server = createServer((request, response) => {
    const told = answers.shift();
    if (told !== undefined) {
      request.resume();
      response.writeHead(told.status, told.headers).end(JSON.stringify(told.body));
      return;
    }
    receiveBatch(
      {
        projectId: 1,
        contentType: request.headers['content-type'] ?? null,
        contentEncoding: request.headers['content-encoding'] ?? null,
        contentLength: request.headers['content-length'] ?? null,
        chunks: request,
      },
      service,
    ).then(
      ({ status, summary }) => response.writeHead(status).end(JSON.stringify(summary)),
      (error: unknown) => {
        const isTooLarge = error instanceof AppError && error.code === 'body_too_large';
        response.writeHead(isTooLarge ? 413 : 500, { connection: 'close' }).end(String(error));
      },
    );
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function send(to: string) {
  const run = await takeLogs([fixture('')], { store: apiStore({ to, key: 'key' }) });
  return run.counts();
}

test('what is sent to a server is stored once, also when it was busy at first', async () => {
  const busy = { status: 429, headers: { 'retry-after': '0.01' }, body: {} };
  const to = await serve([busy]);
  const first = await send(to);
  expect(first.accepted).toBeGreaterThan(60);
  expect(first).toMatchObject({ conflicts: 0, rejected: 0 });
  const [row] = await held.db.run('select count(*)::int as calls from usage_events');
  expect(row).toEqual({ calls: 18 });
  expect(await send(to)).toMatchObject({ accepted: 0, raised: 0, conflicts: 0 });
});

test('a batch that is too large for the server is sent in halves', async () => {
  const to = await serve([{ status: 413, body: {} }]);
  expect((await send(to)).duplicates).toBeGreaterThan(60);
});

test('a message that no request can carry is sent cut, with its true size', async () => {
  const to = await serve([]);
  const file = join(folder, 'session.jsonl');
  // Packs to three quarters: 9.3 MB are 7 MB on the wire, where 5 MiB are taken.
  const text = randomBytes(7_000_000).toString('base64');
  const line = {
    type: 'user',
    uuid: 'u-1',
    sessionId: 'large',
    timestamp: '2026-10-05T09:00:00.000Z',
    message: { role: 'user', content: text },
  };
  await writeFile(file, `{"type":"summary","summary":"a title"}\n${JSON.stringify(line)}\n`);
  const run = await takeLogs([file], { store: apiStore({ to, key: 'key' }) });
  expect(run.counts()).toMatchObject({ accepted: 1, rejected: 0 });
  const [row] = await held.db.run('select bytes::int from messages where bytes > 5000000');
  expect(row).toEqual({ bytes: text.length });
});

test.each([
  [401, {}, /does not know this key/],
  [403, { detail: 'This key lacks the scope `ingest`.' }, /lacks the scope/],
  [404, '<html>', /Is it the address of Plimsoll/],
] as const)('a refusal of %s is told in words', async (status, body, words) => {
  const to = await serve([{ status, body }]);
  await expect(send(to)).rejects.toThrow(words);
});

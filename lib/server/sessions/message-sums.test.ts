import { afterEach, beforeEach, expect, test } from 'vitest';
import { filledBlocksMax, fillMessageBlocks } from '#db/queries/fill-message-blocks.ts';
import { listMessageSums } from '#db/queries/list-message-sums.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { messagesBefore } from '#lib/sessions/messages-before.ts';
import { sumMessageRows } from '../testing/message-part-rows.ts';

const startMs = Date.UTC(2026, 10, 20);
const of = { projectId: 1, sessionKey: 1 };

let base: TestDatabase;
beforeEach(async () => {
  base = await createTestDatabase();
});
afterEach(() => base.close());

/** A message a second but for jitter, of all kinds and roles, with a summary here and there. */
async function store(input: { from: number; to: number; seed: number; summaryEvery: number }): Promise<void> {
  const { from, to, seed, summaryEvery } = input;
  if (from === 0) {
    await base.db.run(`insert into agents (project_id, id, name) values (1, 1, 'a')`, []);
    await base.db.run(
      `insert into sessions (project_id, id, external_id, agent_id, first_activity, last_activity)
       values (1, 1, 's', 1, now(), now())`,
      [],
    );
  }
  await base.db.run(
    `insert into messages (project_id, session_id, seq, id, ts, bytes, tokens, role, kind, tokens_estimated,
       content_hash, preview)
     select 1, 1, n, md5(n::text)::uuid,
       to_timestamp($3::float8 + n + (hash % 3000) / 1000.0), 10, hash % 997, hash % 4,
       case when hash % $4::int = 0 then 4 else hash % 3 + hash % 2 end, true, md5('x')::uuid, 'x'
     from (select n, abs(hashint8(n * 31 + $5::int)) as hash from generate_series($1::int, $2::int - 1) n) m`,
    [from, to, startMs / 1_000, summaryEvery, seed],
  );
  await base.db.run('update sessions set last_seq = $1::int - 1, messages = $1::int', [to]);
}

async function fill(): Promise<void> {
  while ((await fillMessageBlocks(base.db, 1)) === filledBlocksMax);
}

/** What each call could have sent, by blocks and by all messages. */
async function both(pointsMs: readonly number[], breakIndex: number | null = null) {
  const breaks = breakIndex === null ? [] : [{ index: breakIndex, atMs: pointsMs[breakIndex - 1] ?? 0 }];
  const before = (sums: Awaited<ReturnType<typeof listMessageSums>>) =>
    messagesBefore({ calls: pointsMs.length, sums: sums ?? [], breaks });
  return {
    blocks: before(await listMessageSums(base.db, { ...of, pointsMs })),
    rows: before(await sumMessageRows(base.db, { ...of, pointsMs })),
  };
}

const points = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    Math.floor(startMs + 1_000 * (from + ((to - from) * index) / count)),
  );

test.each([
  { seed: 1, summaryEvery: 1_000_000 },
  { seed: 2, summaryEvery: 3_001 },
  { seed: 3, summaryEvery: 97 },
])('blocks and the last messages say what all messages say: $seed', async ({ seed, summaryEvery }) => {
  await store({ from: 0, to: 9_000, seed, summaryEvery });
  await fill();
  // Some came since the blocks were filled.
  await store({ from: 9_000, to: 10_700, seed, summaryEvery });
  for (const pointsMs of [points(4_000, 10_800, 300), points(9_900, 10_000, 7), points(10_701, 20_000, 3)]) {
    const { blocks, rows } = await both(pointsMs, 2);
    expect(blocks).toEqual(rows);
  }
  await fill();
  const { blocks, rows } = await both(points(6_000, 10_800, 200));
  expect(blocks).toEqual(rows);
});

test('between calls that are older than the last messages, a block comes as a whole', async () => {
  await store({ from: 0, to: 20_000, seed: 4, summaryEvery: 1_000_000 });
  await fill();
  const { blocks, rows } = await both(points(100, 20_100, 400));
  const total = (parts: (typeof rows)[number]) => parts.system + parts.user + parts.assistant + parts.tool;
  const largest = 256 * 996;
  for (const [index, exact] of rows.entries()) {
    const missing = total(exact) - total(blocks[index] ?? exact);
    expect(missing).toBeGreaterThanOrEqual(0);
    expect(missing).toBeLessThan(largest);
  }
  expect(blocks.at(-1)).toEqual(rows.at(-1));
});

test('while more than one read may take are not summed yet, nothing is said', async () => {
  await store({ from: 0, to: 40_000, seed: 5, summaryEvery: 1_000_000 });
  const pointsMs = points(39_000, 40_000, 10);
  expect(await listMessageSums(base.db, { ...of, pointsMs })).toBeNull();
  expect(await fillMessageBlocks(base.db, 1)).toBe(filledBlocksMax);
  const { blocks, rows } = await both(pointsMs);
  expect(blocks).toEqual(rows);
});

test('blocks that two replicas fill at once are the same', async () => {
  await store({ from: 0, to: 20_000, seed: 6, summaryEvery: 500 });
  await Promise.all([fill(), fill(), fill()]);
  const [row] = await base.db.run('select count(*)::int as blocks from message_blocks', []);
  expect(row?.['blocks']).toBe(Math.floor(20_000 / 256));
});

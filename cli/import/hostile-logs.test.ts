import { appendFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryMarks } from './memory-marks.ts';
import { collector } from './testing/collector.ts';
import { takeLogs } from './testing/take-logs.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-import-'));
  file = join(folder, 'session.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

function answer(index: number, text: string, output = 10): string {
  return JSON.stringify({
    type: 'assistant',
    uuid: `u-${index}`,
    sessionId: 's',
    timestamp: '2026-10-05T09:00:00.000Z',
    requestId: `r-${index}`,
    message: {
      id: `m-${index}`,
      model: 'claude-opus-4-6',
      content: [{ type: 'text', text }],
      usage: { input_tokens: 1, output_tokens: output },
    },
  });
}

async function importFile(marks = memoryMarks()) {
  const store = collector();
  const run = await takeLogs([file], { store, marks });
  const [tool] = run.tally.tools();
  return {
    texts: store.events.flatMap((event) => (event.type === 'message' ? [event.content] : [])),
    calls: store.events.flatMap((event) =>
      event.type === 'usage' ? [`${event.id} ${event.outputTokens}`] : [],
    ),
    skipped: Object.fromEntries(tool?.skipped ?? []),
  };
}

test('a line of 5 MB is taken whole', async () => {
  const long = 'x'.repeat(5_000_000);
  await writeFile(file, `${answer(1, 'short')}\n${answer(2, long)}\n${answer(3, 'after')}\n`);
  const { texts } = await importFile();
  expect(texts.map((text) => text.length)).toEqual([5, 5_000_000, 5]);
});

test('a line over 32 MB is left out with its reason, and what follows is read', async () => {
  await writeFile(file, `${answer(1, 'before')}\n`);
  for (let index = 0; index < 35; index++) await appendFile(file, 'x'.repeat(1_048_576));
  await appendFile(file, `\n${answer(2, 'after')}\n`);
  const { texts, skipped } = await importFile();
  expect(texts).toEqual(['before', 'after']);
  expect(skipped).toEqual({ 'longer than 32 MB': 1 });
});

test('nesting of 200,000 levels is left out with its reason, or taken where Node can', async () => {
  const deep = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`;
  const call = answer(2, 'x').replace(
    '{"type":"text","text":"x"}',
    `{"type":"tool_use","id":"t","name":"T","input":${deep}}`,
  );
  await writeFile(file, `${answer(1, 'before')}\n${call}\n${answer(3, 'after')}\n`);
  const { texts, skipped } = await importFile();
  expect([texts[0], texts.at(-1)]).toEqual(['before', 'after']);
  expect(texts.slice(1, -1).map((text) => String(text).includes(deep))).toEqual(
    skipped['nested too deeply'] === 1 ? [] : [true],
  );
});

test('U+0000, lone surrogates and odd names do not stop an import', async () => {
  const odd = answer(1, 'nul \u0000 and lone \ud800').replace(
    '"s"',
    JSON.stringify(`s\u0000\u0007${'é'.repeat(300)}`),
  );
  await writeFile(file, `${odd}\n${answer(2, 'after')}\n`);
  const { texts, skipped } = await importFile();
  expect(texts).toEqual(['nul \u0000 and lone \ud800', 'after']);
  expect(skipped).toEqual({});
});

test('lines that are no object, have no time or a time that cannot be are counted with their reasons', async () => {
  const lines = [
    answer(1, 'good'),
    '[1, 2]',
    'no json',
    '',
    answer(2, 'x').replace('2026-10-05T09:00:00.000Z', ''),
    answer(3, 'x').replace('2026-10-05', '1970-01-01'),
    '{"type":"who-knows"}',
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  const { texts, skipped } = await importFile();
  expect(texts).toEqual(['good']);
  expect(skipped).toEqual({
    'not an object': 1,
    'not JSON': 1,
    'without a time': 1,
    'refused: ts_out_of_range': 2,
    'unknown kind of line': 1,
  });
});

test('a half-written last line waits, and is taken once when it is whole', async () => {
  const marks = memoryMarks();
  const last = answer(2, 'second');
  await writeFile(file, `${answer(1, 'first')}\n${last.slice(0, 60)}`);
  expect(await importFile(marks)).toMatchObject({ texts: ['first'], skipped: {} });
  await appendFile(file, `${last.slice(60)}\n${answer(3, 'third')}`);
  expect((await importFile(marks)).texts).toEqual(['second', 'third']);
  await appendFile(file, '\n');
  expect((await importFile(marks)).texts).toEqual([]);
});

test('a file that was shortened or replaced under its name is read from its start', async () => {
  const marks = memoryMarks();
  await writeFile(file, `${answer(1, 'first')}\n${answer(2, 'second')}\n`);
  await importFile(marks);
  await truncate(file, answer(1, 'first').length + 1);
  expect((await importFile(marks)).texts).toEqual(['first']);
  await writeFile(file, `${answer(7, 'other')}\n${answer(8, 'another one')}\n${answer(9, 'more')}\n`);
  expect((await importFile(marks)).texts).toEqual(['other', 'another one', 'more']);
});

test('an answer that goes on growing after a pause is sent again with more tokens, not with fewer', async () => {
  const marks = memoryMarks();
  await writeFile(file, `${answer(1, 'begin', 5)}\n`);
  expect((await importFile(marks)).calls).toEqual(['claude:m-1:r-1 5']);
  await appendFile(file, `${answer(1, 'go on', 90)}\n${answer(1, 'end', 40)}\n`);
  expect((await importFile(marks)).calls).toEqual(['claude:m-1:r-1 90']);
});

test('a log that begins with a byte order mark or ends lines as Windows does is read', async () => {
  await writeFile(file, `\ufeff${answer(1, 'one')}\r\n${answer(2, 'two')}\r\n`);
  expect(await importFile()).toMatchObject({ texts: ['one', 'two'], skipped: {} });
});

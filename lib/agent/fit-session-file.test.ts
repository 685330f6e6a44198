import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fitSessionFile } from './fit-session-file.ts';
import { SessionGuard } from './session-guard.ts';
import { words } from './testing/chat.ts';
import { gatewaySchema } from './testing/gateway-schema.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-session-'));
  file = path.join(folder, 'session.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As OpenClaw writes: a head, then messages that name the line before as their parent. */
function openclawLines(turns: number, answer: (turn: number) => string): readonly string[] {
  let parentId = 'head';
  const line = (message: object) => {
    const id = `line-${parentId}`.slice(-30) + Math.random();
    const text = JSON.stringify({ type: 'message', id, parentId, message });
    parentId = id;
    return text;
  };
  const all = Array.from({ length: turns }, (_, turn) => [
    line({ role: 'user', content: [{ type: 'text', text: `question ${turn}` }] }),
    line({
      role: 'assistant',
      content: [
        { type: 'toolCall', id: `c${turn}`, name: 'gateway', arguments: { action: 'config.schema' } },
      ],
    }),
    line({
      role: 'toolResult',
      toolCallId: `c${turn}`,
      toolName: 'gateway',
      content: [{ type: 'text', text: answer(turn) }],
    }),
  ]);
  return [JSON.stringify({ type: 'session', id: 'head', version: 3 }), ...all.flat()];
}

const read = () =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

test('a file of 35 results of 396 KB comes under 500 KB and is still the same session', async () => {
  const schema = gatewaySchema();
  writeFileSync(
    file,
    `${openclawLines(35, (turn) => schema.replace('2026.2.1', `2026.2.${turn}`)).join('\n')}\n`,
  );
  expect(statSync(file).size).toBeGreaterThan(13_000_000);
  const report = await fitSessionFile(file, new SessionGuard());
  expect(report.fileBytesAfter).toBe(statSync(file).size);
  expect(report.fileBytesAfter).toBeLessThan(100_000);
  expect(read()).toHaveLength(1 + 35 * 3);
  expect(readdirSync(folder)).toEqual(['session.jsonl']);
});

test('what goes leaves a note, and the line after it gets a parent that is there', async () => {
  writeFileSync(file, openclawLines(60, (turn) => words(400, turn)).join('\n'));
  const report = await fitSessionFile(file, new SessionGuard({ bytesMax: 40_000, summaryBytesMax: 1_000 }));
  expect(report.compaction).toBe('done');
  expect(report.fileBytesAfter).toBeLessThan(45_000);
  const lines = read();
  expect(lines[0]).toMatchObject({ type: 'session' });
  expect(lines[1].message.content).toMatch(/^\[Earlier in this session: \d+ messages summed up/);
  const ids = new Set(lines.map(({ id }) => id));
  expect(lines.slice(2).filter(({ parentId }) => !ids.has(parentId))).toEqual([]);
});

test('a file that is small enough is not touched, and neither are lines that are no messages', async () => {
  const text = `${openclawLines(2, () => 'short').join('\n')}\nnot JSON\n`;
  writeFileSync(file, text);
  expect((await fitSessionFile(file, new SessionGuard())).written).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { DayModelSums } from '#lib/importers/import-tally.ts';
import type { Tool } from '#lib/importers/log-reader.ts';
import { findSharedData } from './testing/shared-data.ts';
import { takeLogs } from './testing/take-logs.ts';

const shared = findSharedData();
const name = shared === null ? 'real logs (skipped: the folder of real logs is not here)' : 'real logs';

const figures = z.object({
  inputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheCreationTokens: z.number(),
  outputTokens: z.number(),
});
const expectedDays = z.object({
  daily: z.array(
    z.object({
      date: z.string(),
      costUSD: z.number().optional(),
      modelBreakdowns: z.array(figures.extend({ modelName: z.string(), cost: z.number() })).optional(),
      models: z.record(z.string(), figures).optional(),
    }),
  ),
});

describe.skipIf(shared === null)(name, () => {
  test.each([
    ['claude-code', 'claude'],
    ['codex', 'codex'],
  ] as const)(
    '%s: tokens and cost by day and model are what an independent tool found',
    async (tool, folder) => {
      const run = await takeLogs([join(shared ?? '', 'transcripts', folder)]);
      expect(shownDays(run.tally.days(), tool, 'costPicoUsd')).toEqual(readExpected(folder));
    },
  );

  test('openclaw: reported cost and tokens are as expected but for cached Google tokens', async () => {
    const run = await takeLogs([join(shared ?? '', 'transcripts/openclaw')]);
    const days = run.tally.days();
    const expected = readExpected('openclaw');
    const shown = shownDays(days, 'openclaw', 'reportedPicoUsd');
    const isTwice = ({ key }: { key: string }) => key === '2026-02-19 gemini-3-flash-preview';
    expect(shown.filter((row) => !isTwice(row))).toEqual(expected.filter((row) => !isTwice(row)));
    const [ours, theirs] = [shown.find(isTwice), expected.find(isTwice)];
    expect(ours?.cost).toBe(theirs?.cost);
    expect(ours?.read).toBe(theirs?.read);
    expect((ours?.input ?? 0) + (ours?.read ?? 0)).toBe(theirs?.input);
  });

  test('openclaw: where a price is known, computed and reported cost differ only for tokens charged twice', async () => {
    const run = await takeLogs([join(shared ?? '', 'transcripts/openclaw')]);
    const differing = run.tally
      .days()
      .filter((row) => row.unpricedTokens === 0)
      .filter((row) => Math.abs(Number(row.costPicoUsd - row.reportedPicoUsd)) > 1e6)
      .map(({ day, model }) => `${day} ${model}`);
    expect(differing).toEqual(['2026-02-19 gemini-3-flash-preview']);
  });

  test('claude-code: sub-agents are sessions of their own, so the others cost what they cost alone', async () => {
    const events: { session: string | null | undefined; source: string | null | undefined }[] = [];
    const run = await takeLogs([join(shared ?? '', 'transcripts/claude')], {
      store: {
        eventsMax: 1_000,
        bytesMax: 1e6,
        inFlightMax: 1,
        close: () => Promise.resolve(),
        store: (batch) => {
          for (const { sent } of batch) {
            if (sent.type === 'usage') events.push({ session: sent.session, source: sent.source });
          }
          return Promise.resolve({ accepted: 0, duplicates: 0, conflicts: 0, raised: 0, rejected: 0 });
        },
      },
    });
    const subagents = events.filter(({ source }) => source === 'subagent');
    expect(new Set(subagents.map(({ session }) => session))).toEqual(
      new Set(['61cb3ba8-484b-4a21-bf99-34f7dc361170:agent-a1f8104']),
    );
    expect(events.length - subagents.length).toBeGreaterThan(200);
    expect([...(run.tally.tools()[0]?.skipped ?? [])]).toEqual([['not JSON', 1]]);
  });
});

type ShownDay = {
  key: string;
  input: number;
  read: number;
  write: number;
  output: number;
  /** To the hundredth of a cent. */
  cost: string;
};

function shownDays(
  days: readonly DayModelSums[],
  tool: Tool,
  cost: 'costPicoUsd' | 'reportedPicoUsd',
): ShownDay[] {
  return days
    .filter((row) => row.tool === tool && row.input + row.cacheRead + row.output > 0)
    .map((row) => ({
      key: `${row.day} ${row.model}`,
      input: row.input,
      read: row.cacheRead,
      write: row.cacheWrite5m + row.cacheWrite1h,
      output: row.output,
      cost: (Number(row[cost]) / 1e12).toFixed(4),
    }));
}

function readExpected(folder: string): ShownDay[] {
  const file = join(shared ?? '', 'transcripts/expected', `${folder}_daily.json`);
  return expectedDays
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .daily.flatMap((day) => {
      const models =
        day.modelBreakdowns ??
        Object.entries(day.models ?? {}).map(([modelName, sums]) => ({
          ...sums,
          modelName,
          cost: day.costUSD ?? 0,
        }));
      return models.map((model) => ({
        key: `${day.date} ${model.modelName.replace('[openclaw] ', '')}`,
        input: model.inputTokens,
        read: model.cacheReadTokens,
        write: model.cacheCreationTokens,
        output: model.outputTokens,
        cost: model.cost.toFixed(4),
      }));
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

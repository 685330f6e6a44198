import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const dayMs = 86_400_000;
const daily = z.object({
  daily: z.array(
    z.object({ date: z.iso.date(), totalCost: z.number().optional(), costUSD: z.number().optional() }),
  ),
});

export type RealDays = {
  readonly name: string;
  readonly firstMs: number;
  readonly amounts: readonly number[];
};

/** Cost of each day of real transcripts, from the first to the last, where such files are present. */
export function readRealDays(folder: string): readonly RealDays[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('_daily.json'))
    .sort()
    .flatMap((file) => {
      const { daily: rows } = daily.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      const costs = new Map(rows.map((row) => [Date.parse(row.date), row.totalCost ?? row.costUSD ?? 0]));
      const firstMs = Math.min(...costs.keys());
      const days = (Math.max(...costs.keys()) - firstMs) / dayMs + 1;
      if (!Number.isFinite(days)) return [];
      const amounts = Array.from({ length: days }, (_, day) => costs.get(firstMs + day * dayMs) ?? 0);
      return [{ name: file.replace('_daily.json', ''), firstMs, amounts }];
    });
}

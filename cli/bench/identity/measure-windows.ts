import { usageColumns } from '#db/queries/insert-usage-events.ts';
import type { BenchSql } from '../bench-sql.ts';
import { cpuMicros } from '../cpu-time.ts';
import { type EventIds, makeEvent } from '../make-event.ts';
import { median } from '../quantile.ts';
import { seededRandom } from '../seeded-random.ts';
import { toUsageRow } from '../to-usage-row.ts';
import type { Design } from './designs.ts';
import { firstRowMs, rowEveryMs, rowsPerSessionChange, sessionsOpen } from './fill-rows.ts';

export type WindowFigures = {
  readonly rowsPerSecond: number;
  readonly cpuMicrosPerRow: number;
  readonly walBytesPerRow: number;
};

export const batchRows = 1_000;
const random = seededRandom(1);

/**
 * Inserts batches on one connection and takes the medians over windows. All designs take turns window by
 * window, so that what else the machine does hits them alike; one window each goes unmeasured before.
 * @param options.position the number of the first row; the answer's `position` is the next one
 */
export async function measureWindows(options: {
  readonly sql: BenchSql;
  readonly postgresPid: number;
  readonly designs: readonly Design[];
  readonly ids: EventIds;
  readonly position: number;
  readonly windows: number;
  readonly batchesPerWindow: number;
}): Promise<{ readonly position: number; readonly figures: ReadonlyMap<string, WindowFigures> }> {
  const taken = new Map<string, WindowFigures[]>(options.designs.map(({ name }) => [name, []]));
  let { position } = options;
  for (let window = -1; window < options.windows; window++) {
    const batches = Array.from({ length: options.batchesPerWindow }, () => {
      position += batchRows;
      return makeBatch(position - batchRows, options.ids);
    });
    for (const design of inTurn(options.designs, window)) {
      const figures = await measureOne(design, batches, options);
      if (window >= 0) taken.get(design.name)?.push(figures);
    }
  }
  const figures = new Map([...taken].map(([name, windows]) => [name, medians(windows)]));
  return { position, figures };
}

/** Each window another one first: the first after a fill or a checkpoint pays for it. */
function inTurn(designs: readonly Design[], window: number): readonly Design[] {
  const first = (window + designs.length) % designs.length;
  return [...designs.slice(first), ...designs.slice(0, first)];
}

/** The parameters of one statement: rows with numbers from `from` on. */
export function makeBatch(from: number, ids: EventIds): readonly string[] {
  const rows = Array.from({ length: batchRows }, (_, index) => {
    const event = makeEvent({ random, ids, tsMs: firstRowMs + (from + index) * rowEveryMs });
    const row = toUsageRow(event);
    const change = Math.floor((from + index) / rowsPerSessionChange);
    return { ...row, sessionId: (row.sessionId ?? 0) + change * sessionsOpen };
  }).sort((a, b) => (a.key < b.key ? -1 : 1));
  return ['1', ...usageColumns.map(([, , write]) => write(rows))];
}

async function measureOne(
  design: Design,
  batches: readonly (readonly string[])[],
  { sql, postgresPid }: { readonly sql: BenchSql; readonly postgresPid: number },
): Promise<WindowFigures> {
  const walStart = await walPosition(sql);
  const cpuStart = cpuMicros(postgresPid);
  const start = performance.now();
  let rows = 0;
  for (const batch of batches) {
    const [row] = await sql.unsafe(design.insert, [...batch], { prepare: true });
    rows += Number(row?.['accepted']);
  }
  const seconds = (performance.now() - start) / 1_000;
  const cpu = cpuMicros(postgresPid) - cpuStart;
  if (rows !== batches.length * batchRows)
    throw new Error(`${design.name} took ${rows} rows of ${batches.length * batchRows}.`);
  return {
    rowsPerSecond: rows / seconds,
    cpuMicrosPerRow: cpu / rows,
    walBytesPerRow: ((await walPosition(sql)) - walStart) / rows,
  };
}

async function walPosition(sql: BenchSql): Promise<number> {
  const [row] = await sql.unsafe(`select pg_current_wal_insert_lsn() - '0/0' as bytes`);
  return Number(row?.['bytes']);
}

function medians(windows: readonly WindowFigures[]): WindowFigures {
  return {
    rowsPerSecond: median(windows.map((window) => window.rowsPerSecond)),
    cpuMicrosPerRow: median(windows.map((window) => window.cpuMicrosPerRow)),
    walBytesPerRow: median(windows.map((window) => window.walBytesPerRow)),
  };
}

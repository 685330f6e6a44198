import 'server-only';
import type { Database } from '#db/database.ts';
import { type CallClass, classCalls } from '#db/queries/class-calls.ts';
import { listSlowOperations } from '#db/queries/list-slow-operations.ts';
import { listUptimes } from '#db/queries/list-uptimes.ts';
import { type OperationSums, sumOperations } from '#db/queries/sum-operations.ts';
import type {
  OperationsReport,
  PruneRow,
  QueryClassRow,
  ToolRow,
  WaitSums,
} from '#lib/operations/operations-report.ts';
import { reportRange } from '#lib/operations/report-range.ts';
import { toAgentUptime } from '#lib/operations/to-agent-uptime.ts';
import { resolveRates } from '#lib/pricing/model-rates.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import { callClasses } from '#lib/usage/call-class.ts';
import { latencyPercentiles } from '#lib/usage/latency-histogram.ts';
import { tileRange } from '#lib/usage/tile-range.ts';
import { readUsage } from '../read-usage.ts';

const namesMax = 500;
const toolsMax = 50;
const slowMax = 15;
const agentsMax = 50;

/** The operations page: latency by class, tools, savings, waits, slow operations, uptime. */
export async function readOperations(
  db: Database,
  query: {
    readonly projectId: number;
    /** 1 to 30, up to now. */
    readonly days: number;
    readonly nowMs: number;
    readonly overrides: readonly PriceOverride[];
  },
): Promise<OperationsReport> {
  const { projectId, nowMs } = query;
  const { fromMs, toMs } = reportRange(query);
  const tiles = tileRange([fromMs, toMs]);
  const [from, to] = [new Date(fromMs), new Date(toMs)];
  const [sums, slow, classes, uptimes, price] = await Promise.all([
    sumOperations(db, { projectId, tiles, limit: namesMax }),
    listSlowOperations(db, { projectId, from, to, limit: slowMax }),
    classCalls(db, { projectId, tiles }),
    listUptimes(db, { projectId, nowMs, limit: agentsMax }),
    findPrice(db, { ...query, fromMs, toMs }),
  ]);
  return {
    range: { from: from.toISOString(), to: to.toISOString() },
    classes: callClasses.map(({ name, targetMs }, number) =>
      toClassRow(
        { name, targetMs },
        classes.find((made) => made.number === number),
      ),
    ),
    tools: sums
      .filter(({ kind }) => kind === 'tool')
      .slice(0, toolsMax)
      .map(toToolRow),
    prunes: sums
      .filter(({ kind }) => kind === 'prune' || kind === 'compact')
      .map((sum) => toPruneRow(sum, price))
      .sort((a, b) => b.tokensSaved - a.tokensSaved),
    pricedBy: price?.model ?? null,
    waits: toWaits(sums.filter(({ kind }) => kind === 'semaphore')),
    slow: slow.map((row) => ({ ...row, ts: row.ts.toISOString() })),
    agents: uptimes.map((row) => toAgentUptime(row, nowMs)),
  };
}

type InputPrice = { readonly model: string; readonly picoUsdPerToken: bigint };

/** The price of fresh input of the model with most calls that has one. */
async function findPrice(
  db: Database,
  query: {
    readonly projectId: number;
    readonly fromMs: number;
    readonly toMs: number;
    readonly nowMs: number;
    readonly overrides: readonly PriceOverride[];
  },
): Promise<InputPrice | null> {
  const models = await readUsage(db, {
    projectId: query.projectId,
    fromMs: query.fromMs,
    toMs: query.toMs,
    timeZone: 'UTC',
    bucket: 'total',
    groupBy: ['provider', 'model'],
    latency: false,
  });
  for (const row of [...models].sort((a, b) => b.calls - a.calls)) {
    const named = { provider: row.provider ?? '', model: row.model ?? '' };
    const card = resolveRates({ ...named, atMs: query.nowMs, overrides: query.overrides });
    if (card !== null) return { model: named.model, picoUsdPerToken: card.base.input };
  }
  return null;
}

function toClassRow(
  { name, targetMs }: Pick<QueryClassRow, 'name' | 'targetMs'>,
  found: CallClass | undefined,
): QueryClassRow {
  const [p50 = null, p95 = null] = latencyPercentiles(found?.histogram ?? [], [0.5, 0.95]);
  return { name, targetMs, calls: found?.calls ?? 0, overTarget: found?.late ?? 0, p50, p95 };
}

function toToolRow(sum: OperationSums): ToolRow {
  const { name, calls, errors, limited, cached, maxMs } = sum;
  return { name, calls, errors, limited, cached, maxMs, ...percentilesOf(sum.histogram, maxMs) };
}

function toPruneRow(sum: OperationSums, price: InputPrice | null): PruneRow {
  const tokens = BigInt(Math.max(0, sum.tokensSaved));
  return {
    name: sum.name,
    kind: sum.kind,
    count: sum.calls,
    bytesSaved: sum.bytesSaved,
    tokensSaved: sum.tokensSaved,
    savedUsd: price === null ? null : formatPicoUsd(tokens * price.picoUsdPerToken),
  };
}

function toWaits(sums: readonly OperationSums[]): WaitSums {
  const maxMs = Math.max(0, ...sums.map((sum) => sum.maxMs));
  return {
    count: sums.reduce((total, sum) => total + sum.calls, 0),
    maxMs,
    ...percentilesOf(
      sums.flatMap((sum) => sum.histogram),
      maxMs,
    ),
  };
}

/** A bucket stands for its middle, which can be above the longest that was measured. */
function percentilesOf(histogram: OperationSums['histogram'], maxMs: number) {
  const [p50 = null, p95 = null] = latencyPercentiles(histogram, [0.5, 0.95]);
  const atMost = (ms: number | null) => (ms === null ? null : Math.min(ms, maxMs));
  return { p50: atMost(p50), p95: atMost(p95) };
}

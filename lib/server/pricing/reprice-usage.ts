import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Database } from '#db/database.ts';
import { findModelsById, findModelsByName } from '#db/queries/find-models.ts';
import { insertAudit } from '#db/queries/insert-audit.ts';
import { listPriceOverrides } from '#db/queries/list-price-overrides.ts';
import { listUsagePrices, type UsagePriceRow } from '#db/queries/list-usage-prices.ts';
import { type Turn, takeTurn } from '#db/queries/take-turn.ts';
import type { Repricing } from '#lib/pricing/price-view.ts';
import { auditNote } from '../auth/audit-note.ts';
import { priceChanger } from './price-changer.ts';
import { priceStoredUsage, type StoredModel } from './price-stored-usage.ts';
import { formatRepriceCursor, parseRepriceCursor, type RepriceCursor } from './reprice-cursor.ts';
import { repriceTally } from './reprice-tally.ts';
import { toPriceOverride } from './to-price-override.ts';

const dryPageRows = 10_000;
/** One statement each; it holds no lock for long. */
const pageRows = 2_000;
/** A request ends then with a cursor, well before clients give up. */
const requestMsDefault = 10_000;
const ledgerEndMs = Date.UTC(9989, 0, 1);

export type RepriceRequest = {
  readonly projectId: number;
  readonly dryRun: boolean;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly models: readonly { readonly provider: string; readonly model: string }[] | null;
  readonly onlyUnpriced: boolean;
  readonly cursor: string | null;
  /** For the audit. */
  readonly actor: string;
};

export type RepriceBounds = { readonly pageRows?: number; readonly requestMs?: number };

/**
 * Prices stored calls anew, by the rates in force at their own time: what has another cost or status then is
 * changed, together with all sums, 2,000 calls a statement. So the ledger and the sums agree at any instant,
 * also after a kill in between; the rest then still has its old cost, which the next dry run says. It answers
 * after about ten seconds, with `next` when there is more. The audit gets a row before the first change and one
 * at the end.
 *
 * Calls that an importer raises meanwhile are left to it. Calls that another replica prices by rates of up to
 * ten seconds ago are found by re-pricing once more. A later request takes over from one under way, which may
 * have read older rates: it changes nothing any more.
 * @throws AppError `bad_request`, `conflict` when another request took over, `overloaded` when the fold does not
 * keep up
 */
export async function repriceUsage(
  db: Database,
  request: RepriceRequest,
  bounds: RepriceBounds = {},
): Promise<Repricing> {
  const untilMs = performance.now() + (bounds.requestMs ?? requestMsDefault);
  const tally = repriceTally();
  const pages = readPages(db, request, bounds.pageRows ?? (request.dryRun ? dryPageRows : pageRows));
  const turn = { projectId: request.projectId, name: 'reprice', owner: randomUUID() };
  // Before the rates are read: who takes over has read the latest.
  if (!request.dryRun) await takeTurn(db, turn);
  const price = await openPricing(db, request.projectId);
  const change = request.dryRun ? null : noted(db, request, turn);
  let next: RepriceCursor | null = null;
  for await (const { rows, after } of pages) {
    const priced = await price(rows);
    const due = priced.filter(({ isDue }) => isDue);
    const changed = change === null ? new Set(due.map(({ row }) => row.key)) : await change.apply(due);
    for (const one of priced) (changed.has(one.row.key) ? tally.change : tally.keep)(one);
    next = after;
    if (performance.now() >= untilMs) break;
  }
  const answer = {
    dryRun: request.dryRun,
    ...tally.result(),
    next: next === null ? null : formatRepriceCursor(next),
  };
  await change?.end(answer);
  return answer;
}

type Page = { readonly rows: readonly UsagePriceRow[]; readonly after: RepriceCursor | null };

/** `after` is null on the last page. */
async function* readPages(db: Database, request: RepriceRequest, limit: number): AsyncGenerator<Page> {
  const { projectId, models, onlyUnpriced } = request;
  const found = models === null ? null : await findModelsByName(db, { projectId, models });
  const range = {
    projectId,
    fromMs: request.fromMs ?? 0,
    toMs: request.toMs ?? ledgerEndMs,
    modelIds: found?.map(({ id }) => id) ?? null,
    onlyUnpriced,
    limit,
  };
  let after = request.cursor === null ? null : parseRepriceCursor(request.cursor);
  do {
    const rows = await listUsagePrices(db, { ...range, after });
    const last = rows.at(-1);
    after = last === undefined || rows.length < limit ? null : { tsText: last.tsText, key: last.key };
    yield { rows, after };
  } while (after !== null);
}

/** Rates are read once, so that one run prices all calls alike. */
async function openPricing(db: Database, projectId: number) {
  const overrides = (await listPriceOverrides(db, projectId)).map(toPriceOverride);
  const names = new Map<number, StoredModel>();
  return async (rows: readonly UsagePriceRow[]) => {
    const named = rows.flatMap(({ modelId, requestedModelId }) => [modelId, requestedModelId ?? modelId]);
    const ids = [...new Set(named)].filter((id) => !names.has(id));
    for (const { id, provider, name } of await findModelsById(db, { projectId, ids })) {
      names.set(id, { provider, name });
    }
    return rows.map((row) => priceStoredUsage(row, { names, overrides }));
  };
}

/** Changes prices; the audit hears of it before the first change and at the end. */
function noted(db: Database, request: RepriceRequest, turn: Turn) {
  const { projectId, actor, fromMs, toMs, models, onlyUnpriced, cursor } = request;
  const changePrices = priceChanger(db, turn);
  const note = (action: 'reprice_begun' | 'repriced', details: Readonly<Record<string, unknown>>) =>
    insertAudit(db, { projectId, note: auditNote({ actor, action, details }) });
  let hasBegun = false;
  return {
    apply: async (due: Parameters<typeof changePrices>[0]) => {
      if (due.length > 0 && !hasBegun) {
        hasBegun = true;
        await note('reprice_begun', { fromMs, toMs, models, onlyUnpriced, cursor });
      }
      return changePrices(due);
    },
    end: async ({ models: changed, ...totals }: Repricing) => {
      if (hasBegun) await note('repriced', { ...totals, models: changed.slice(0, 20) });
    },
  };
}

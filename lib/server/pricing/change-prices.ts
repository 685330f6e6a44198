import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Database } from '#db/database.ts';
import { deletePriceOverride } from '#db/queries/delete-price-override.ts';
import { listPriceOverrides, type PriceOverrideRow } from '#db/queries/list-price-overrides.ts';
import {
  insertPriceOverride,
  priceOverridesMax,
  updatePriceOverride,
} from '#db/queries/put-price-override.ts';
import { AppError } from '#lib/errors.ts';
import type { PriceBody, PricePatch } from '#lib/http/contract/price-body.ts';
import type { PriceOverrideView } from '#lib/pricing/price-view.ts';
import { parseUsdPerMillion } from '#lib/pricing/usd-per-million.ts';
import { parseInstant } from '#lib/time/parse-instant.ts';
import { auditNote } from '../auth/audit-note.ts';
import { actorOf, type Principal } from '../auth/principal.ts';
import { forgetPriceOverrides } from './price-overrides-of.ts';
import { toOverrideView } from './to-override-view.ts';

/**
 * Adds rates of the project's own. Calls from now on are priced by them; stored ones keep their cost until they
 * are re-priced. @throws AppError `bad_request`, `conflict` when there are 1,000 already
 */
export async function addPrice(db: Database, by: Principal, body: PriceBody): Promise<PriceOverrideView> {
  const row = checked({ projectId: by.projectId, id: randomUUID(), ...toColumns(body) });
  const note = auditNote({ actor: actorOf(by), action: 'price_added', details: { id: row.id, ...body } });
  const made = await insertPriceOverride(db, row, note);
  if (made === null) {
    throw new AppError('conflict', `A project has at most ${priceOverridesMax} prices of its own.`);
  }
  forgetPriceOverrides(db, by.projectId);
  return toOverrideView({ ...row, ...made });
}

/** Changes what the patch names. @throws AppError `bad_request`, `not_found` */
export async function changePrice(
  db: Database,
  by: Principal,
  { id, patch }: { readonly id: string; readonly patch: PricePatch },
): Promise<PriceOverrideView> {
  const before = await getPrice(db, by.projectId, id);
  const row = checked({ ...before, ...patchColumns(patch) });
  const details = { id, before: toOverrideView(before), after: toOverrideView(row) };
  const made = await updatePriceOverride(
    db,
    row,
    auditNote({ actor: actorOf(by), action: 'price_changed', details }),
  );
  if (made === null) throw unknownPrice();
  forgetPriceOverrides(db, by.projectId);
  return toOverrideView({ ...row, ...made });
}

/** @throws AppError `not_found` */
export async function removePrice(db: Database, by: Principal, id: string): Promise<void> {
  const before = await getPrice(db, by.projectId, id);
  const note = auditNote({ actor: actorOf(by), action: 'price_removed', details: toOverrideView(before) });
  if (!(await deletePriceOverride(db, { projectId: by.projectId, id }, note))) throw unknownPrice();
  forgetPriceOverrides(db, by.projectId);
}

async function getPrice(db: Database, projectId: number, id: string): Promise<PriceOverrideRow> {
  const row = (await listPriceOverrides(db, projectId)).find((known) => known.id === id.toLowerCase());
  if (row === undefined) throw unknownPrice();
  return row;
}

function unknownPrice(): AppError {
  return new AppError('not_found', 'There is no such price.');
}

function checked<R extends Pick<PriceOverrideRow, 'validFrom' | 'validTo'>>(row: R): R {
  if (row.validTo === null || row.validTo > row.validFrom) return row;
  throw new AppError('bad_request', 'Expected `validTo` to be after `validFrom`.');
}

type Columns = Omit<PriceOverrideRow, 'projectId' | 'id' | 'createdAt'>;

function toColumns(body: PriceBody): Columns {
  const input = parseUsdPerMillion(body.inputUsdPerMillion);
  const rate = (text: string | undefined, otherwise: bigint) =>
    text === undefined ? otherwise : parseUsdPerMillion(text);
  const cacheWrite5mRate = rate(body.cacheWrite5mUsdPerMillion, input);
  return {
    provider: body.provider,
    modelPattern: body.model,
    inputRate: input,
    outputRate: parseUsdPerMillion(body.outputUsdPerMillion),
    cacheReadRate: rate(body.cacheReadUsdPerMillion, input),
    cacheWrite5mRate,
    cacheWrite1hRate: rate(body.cacheWrite1hUsdPerMillion, cacheWrite5mRate),
    validFrom: toDate(body.validFrom) ?? new Date(0),
    validTo: toDate(body.validTo),
  };
}

function patchColumns(patch: PricePatch): Partial<Columns> {
  const rate = (name: keyof Columns, text: string | undefined) =>
    text === undefined ? {} : { [name]: parseUsdPerMillion(text) };
  return {
    ...(patch.provider === undefined ? {} : { provider: patch.provider }),
    ...(patch.model === undefined ? {} : { modelPattern: patch.model }),
    ...rate('inputRate', patch.inputUsdPerMillion),
    ...rate('outputRate', patch.outputUsdPerMillion),
    ...rate('cacheReadRate', patch.cacheReadUsdPerMillion),
    ...rate('cacheWrite5mRate', patch.cacheWrite5mUsdPerMillion),
    ...rate('cacheWrite1hRate', patch.cacheWrite1hUsdPerMillion),
    ...(patch.validFrom === undefined ? {} : { validFrom: toDate(patch.validFrom) ?? new Date(0) }),
    ...(patch.validTo === undefined ? {} : { validTo: toDate(patch.validTo) }),
  };
}

function toDate(text: string | null): Date | null {
  const instant = text === null ? null : parseInstant(text);
  return instant === null ? null : new Date(instant.epochMs);
}

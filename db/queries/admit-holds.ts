import { assert } from '#lib/assert.ts';
import type { Hold } from '#lib/budget/hold.ts';
import type { Source } from '#lib/usage/usage-event.ts';
import { numbersLiteral, sparseTextsLiteral, textsLiteral } from '../array-literal.ts';
import { sourceCodes } from '../codes.ts';
import type { Database, Param, Row } from '../database.ts';
import { bitsOf, type SpendSlot, spendParams } from './budget-spend.ts';
import { findHold } from './find-hold.ts';

/** The window of a hard budget that is asked. */
export type HoldSlot = SpendSlot & {
  readonly limitPicoUsd: bigint | null;
  readonly limitTokens: number | null;
};

export type HoldAsk = {
  readonly id: string;
  readonly agent: string;
  readonly session: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly source: Source;
  readonly amountPicoUsd: bigint;
  readonly ttlSeconds: number;
  readonly asked: string;
  /** The slots that must have room, and the tokens that each would count. */
  readonly parts: readonly { readonly slot: number; readonly tokens: number }[];
};

export type HoldOutcome =
  | { readonly outcome: 'held'; readonly hold: Hold }
  /** There is one of that id already. */
  | { readonly outcome: 'known'; readonly hold: Hold }
  | {
      readonly outcome: 'refused';
      /** Index of the first slot without room. */
      readonly slot: number;
      readonly spentPicoUsd: bigint;
      readonly heldPicoUsd: bigint;
      readonly spentTokens: bigint;
      readonly heldTokens: bigint;
      /** Holds past their time may be among what is held: `expireHolds`, and ask again. */
      readonly hasExpired: boolean;
    }
  /** There was one, and it was removed since. */
  | { readonly outcome: 'gone' };

/**
 * `stale`: the budgets have changed since they were read. `unprepared`: a window has no row yet. Nothing was
 * done then.
 */
export type Admission = 'stale' | 'unprepared' | readonly HoldOutcome[];

/**
 * The function decides a whole batch, hold after hold, each all or none, in one transaction as any statement is
 * (its text: db/migrations/0012_admit-holds.sql). It is a function because its parts are planned once for a
 * connection: planned anew, they took four times as long as they ran.
 */
const statement = `
select outcome, slot, spent_cost::text, held_cost::text, spent_count::text, held_count::text, made_at::text, ends_at::text
from admit_holds($1::int, $16::text::numeric,
  $2::text::uuid[], $3::text::int2[], $4::text::text[], $5::text::text[], $6::text::text[], $7::text::text[],
  $8::text::int2[], $9::text::int2[], $10::text::timestamptz[], $11::text::timestamptz[],
  $17::text::numeric[], $18::text::numeric[],
  $12::text::int[], $13::text::int2[], $14::text::timestamptz[], $15::text::timestamptz[],
  $19::text::text[], $20::text::text[], $21::text::text[], $22::text::text[], $23::text::text[], $24::text::int2[],
  $25::text::int8[], $26::text::int[], $27::text::text[], $28::text::text[], $29::text::text[], $30::text::text[],
  $31::text::text[], $32::text::text[])`;

const outcomes = { refused: 0, held: 1, known: 2, unprepared: -1, stale: -2 } as const;

type AdmitInput = {
  readonly projectId: number;
  readonly revision: string;
  readonly slots: readonly HoldSlot[];
  readonly asks: readonly HoldAsk[];
};

/**
 * Reserves each hold in all of its slots or in none, in their order. What is compared is everything that is
 * committed: settled spend, events that are not folded yet, and live holds. Ids within a batch are distinct.
 * `revision` is that of the list of budgets from which the slots were made.
 * @throws AppError `database_unavailable` also when another process took one of the ids in this moment
 */
export async function admitHolds(db: Database, input: AdmitInput): Promise<Admission> {
  const order = keyOrder(input.slots);
  const rows = await db.run(statement, params(input, order));
  const first = Number(rows[0]?.['outcome']);
  if (first === outcomes.stale) return 'stale';
  if (first === outcomes.unprepared) return 'unprepared';
  return Promise.all(
    input.asks.map((ask, index) => toOutcome(ask, rows[index], { db, projectId: input.projectId, order })),
  );
}

/** Positions of the slots in order of the windows' keys, which is the order of locks. */
function keyOrder(slots: readonly HoldSlot[]): readonly number[] {
  return slots
    .map(({ id }, index) => ({ id, index }))
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ index }) => index);
}

function params(
  { projectId, revision, slots, asks }: AdmitInput,
  order: readonly number[],
): readonly Param[] {
  const sorted = order.flatMap((index) => slots[index] ?? []);
  const numbers = new Map(order.map((index, position) => [index, position + 1]));
  const partsOf = (write: (part: HoldAsk['parts'][number]) => string | number) =>
    textsLiteral(asks.map(({ parts }) => `{${parts.map(write).join(',')}}`));
  const slotOf = ({ slot }: { readonly slot: number }) => {
    const found = slots[slot];
    assert(found !== undefined, 'an ask names slots of its batch');
    return found;
  };
  return [
    projectId,
    ...spendParams(sorted),
    revision,
    numbersLiteral(sorted.map(({ limitPicoUsd }) => limitPicoUsd)),
    numbersLiteral(sorted.map(({ limitTokens }) => limitTokens)),
    textsLiteral(asks.map(({ id }) => id)),
    textsLiteral(asks.map(({ agent }) => agent)),
    sparseTextsLiteral(asks.map(({ session }) => session)),
    sparseTextsLiteral(asks.map(({ provider }) => provider)),
    sparseTextsLiteral(asks.map(({ model }) => model)),
    numbersLiteral(asks.map(({ source }) => sourceCodes[source])),
    numbersLiteral(asks.map(({ amountPicoUsd }) => amountPicoUsd)),
    numbersLiteral(asks.map(({ ttlSeconds }) => ttlSeconds)),
    textsLiteral(asks.map(({ asked }) => asked)),
    partsOf(({ slot }) => numbers.get(slot) ?? 0),
    partsOf((part) => slotOf(part).id),
    partsOf((part) => new Date(slotOf(part).window.startMs).toISOString()),
    partsOf((part) => bitsOf(slotOf(part).counted)),
    partsOf(({ tokens }) => tokens),
  ];
}

async function toOutcome(
  ask: HoldAsk,
  row: Row | undefined,
  {
    db,
    projectId,
    order,
  }: { readonly db: Database; readonly projectId: number; readonly order: readonly number[] },
): Promise<HoldOutcome> {
  switch (row?.['outcome']) {
    case outcomes.held:
      return { outcome: 'held', hold: toLiveHold(ask, row) };
    case outcomes.known: {
      const hold = await findHold(db, { projectId, id: ask.id });
      return hold === null ? { outcome: 'gone' } : { outcome: 'known', hold };
    }
    case outcomes.refused:
      return {
        outcome: 'refused',
        slot: order[Number(row['slot']) - 1] ?? 0,
        spentPicoUsd: BigInt(String(row['spent_cost'])),
        heldPicoUsd: BigInt(String(row['held_cost'])),
        spentTokens: BigInt(String(row['spent_count'])),
        heldTokens: BigInt(String(row['held_count'])),
        hasExpired: row['ends_at'] !== null,
      };
    default:
      throw new Error('An admission answers a row for each hold.');
  }
}

function toLiveHold(ask: HoldAsk, row: Row): Hold {
  const { id, agent, session, provider, model, source, amountPicoUsd, asked } = ask;
  return {
    ...{ id, agent, session, provider, model, source, amountPicoUsd, asked },
    state: 'live',
    createdAt: new Date(String(row['made_at'])),
    expiresAt: new Date(String(row['ends_at'])),
    resolvedAt: null,
    costPicoUsd: null,
    usageEventId: null,
  };
}

import type { Source, UsageStatus } from '#lib/usage/usage-event.ts';
import {
  emptyLiteral,
  numbersLiteral,
  parseWords,
  plainLiteral,
  sparseCountsLiteral,
  sparseNumbersLiteral,
  sparseTextsLiteral,
} from '../array-literal.ts';
import { priceStatusCodes, sourceCodes, statusCodes } from '../codes.ts';
import type { Database, Param } from '../database.ts';
import { isDuplicate } from '../database-error.ts';
import { tieHoldsClauses } from './tie-holds-clause.ts';

/** One model call, priced and with its names resolved. Tokens in disjoint buckets, money in pico-USD. */
export type UsageRow = {
  readonly key: string;
  readonly externalId: string | null;
  /** RFC 3339 in UTC. */
  readonly ts: string;
  readonly sessionId: number | null;
  readonly agentId: number;
  readonly modelId: number;
  readonly requestedModelId: number | null;
  readonly priceVersionId: number | null;
  readonly priceStatus: keyof typeof priceStatusCodes;
  readonly source: Source;
  readonly status: UsageStatus;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWrite5mTokens: number;
  readonly cacheWrite1hTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  readonly costPicoUsd: bigint;
  readonly costReportedPicoUsd: bigint | null;
  readonly latencyMs: number | null;
  readonly ttftMs: number | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly error: string | null;
  readonly holdId: string | null;
  /** JSON text. */
  readonly attributes: string | null;
};

/** Column, array type, and how the rows are written as one literal. */
export const usageColumns = [
  ['id', 'uuid', (rows) => plainLiteral(rows.map((row) => row.key))],
  ['ts', 'timestamptz', (rows) => plainLiteral(rows.map((row) => row.ts))],
  ['session_id', 'int8', (rows) => numbersLiteral(rows.map((row) => row.sessionId))],
  ['agent_id', 'int4', (rows) => numbersLiteral(rows.map((row) => row.agentId))],
  ['model_id', 'int4', (rows) => numbersLiteral(rows.map((row) => row.modelId))],
  ['requested_model_id', 'int4', (rows) => sparseNumbersLiteral(rows.map((row) => row.requestedModelId))],
  ['price_version_id', 'int4', (rows) => numbersLiteral(rows.map((row) => row.priceVersionId))],
  [
    'price_status',
    'int2',
    (rows) => sparseCountsLiteral(rows.map((row) => priceStatusCodes[row.priceStatus])),
  ],
  ['source', 'int2', (rows) => sparseCountsLiteral(rows.map((row) => sourceCodes[row.source]))],
  ['status', 'int2', (rows) => sparseCountsLiteral(rows.map((row) => statusCodes[row.status]))],
  ['input_tokens', 'int8', (rows) => numbersLiteral(rows.map((row) => row.inputTokens))],
  ['cache_read_tokens', 'int8', (rows) => numbersLiteral(rows.map((row) => row.cacheReadTokens))],
  ['cache_write_5m_tokens', 'int8', (rows) => numbersLiteral(rows.map((row) => row.cacheWrite5mTokens))],
  ['cache_write_1h_tokens', 'int8', (rows) => sparseCountsLiteral(rows.map((row) => row.cacheWrite1hTokens))],
  ['output_tokens', 'int8', (rows) => numbersLiteral(rows.map((row) => row.outputTokens))],
  ['reasoning_tokens', 'int8', (rows) => sparseCountsLiteral(rows.map((row) => row.reasoningTokens))],
  ['cost_pico_usd', 'int8', (rows) => numbersLiteral(rows.map((row) => row.costPicoUsd))],
  [
    'cost_reported_pico_usd',
    'int8',
    (rows) => sparseNumbersLiteral(rows.map((row) => row.costReportedPicoUsd)),
  ],
  ['latency_ms', 'int4', (rows) => sparseNumbersLiteral(rows.map((row) => row.latencyMs))],
  ['ttft_ms', 'int4', (rows) => sparseNumbersLiteral(rows.map((row) => row.ttftMs))],
  ['request_bytes', 'int8', (rows) => sparseNumbersLiteral(rows.map((row) => row.requestBytes))],
  ['response_bytes', 'int8', (rows) => sparseNumbersLiteral(rows.map((row) => row.responseBytes))],
  ['external_id', 'text', (rows) => sparseTextsLiteral(rows.map((row) => row.externalId))],
  ['error', 'text', (rows) => sparseTextsLiteral(rows.map((row) => row.error))],
  ['hold_id', 'text', (rows) => sparseTextsLiteral(rows.map((row) => row.holdId))],
  ['attributes', 'text', (rows) => sparseTextsLiteral(rows.map((row) => row.attributes))],
] as const satisfies readonly (readonly [string, string, (rows: readonly UsageRow[]) => string])[];

const names = usageColumns.map(([name]) => name);
/** What the literals leave out: most often all of a column is 0. */
const zeroColumns: ReadonlySet<string> = new Set([
  'price_status',
  'source',
  'status',
  'cache_write_1h_tokens',
  'reasoning_tokens',
]);
/** The columns of `usageColumns` as they are stored, where the arrays were unnested under their names. */
export const usageValues = names.map(storedValue).join(', ');
const firstColumnParam = 4;
const triesMax = 5;

type Statements = {
  /**
   * For ids that are most likely new: all rows or, where one is stored already, an error and none. Asking
   * for each id first costs a fifth of the insert.
   */
  readonly forNew: string;
  /**
   * Inserts and, if any row was new, notes the flush as not folded yet: one statement, so that what is read is
   * exact at any instant. Keys are compared without `ts`: the same id is the same event.
   */
  readonly asking: string;
};

/** The statements that take the arrays of these columns; the other columns are empty. */
function statementsFor(isGiven: (name: string) => boolean, holds: boolean): Statements {
  const given = usageColumns.filter(([name]) => isGiven(name));
  const zeros = names.filter((name) => !isGiven(name) && zeroColumns.has(name));
  const stored = [...given.map(([name]) => name), ...zeros];
  const arrays = given.map(
    ([name, type], index) => `unnest($${index + firstColumnParam}::text::${type}[]) as ${name}`,
  );
  // `unnest` in the select list streams; in `from` each of the arrays would first fill a store of its own.
  const insert = `
insert into usage_events (project_id, flush_id, ${stored.join(', ')})
  select $1::int, $2::int8, ${[...given.map(([name]) => storedValue(name)), ...zeros.map(() => '0')].join(', ')}
  from (select ${arrays.join(', ')} offset 0) t`;
  return {
    forNew: `
with pending as (
  insert into pending_flushes (project_id, flush_id, events) values ($1::int, $2::int8, $3::int)
)${insert}`,
    asking: `
with ins as (${insert}
  on conflict (project_id, id) do nothing
  returning ${holds ? '*' : 'id'}
), pending as (
  insert into pending_flushes (project_id, flush_id, events)
  select $1::int, $2::int8, count(*) from ins having count(*) > 0
)${holds ? `, ${tieHoldsClauses}` : ''}
select count(*)::int as accepted,
  case when count(*) < $3::int then array_agg(id)::text end as keys
from ins`,
  };
}

function storedValue(name: string): string {
  if (zeroColumns.has(name)) return `coalesce(${name}, 0) as ${name}`;
  return name === 'attributes' ? 'attributes::jsonb' : name;
}

/** Each is prepared on each connection, so that there are few: past this many all columns are given. */
const formsMax = 8;
const forms = new Map<string, Statements>();
const wholeForm = statementsFor(() => true, false);
const holdsForm = statementsFor(() => true, true);

/**
 * The statements for a flush, and what goes with them. A column without any value is left out: most senders
 * leave the same ten out, and each empty array would be read and unnested for every row.
 */
function formOf(rows: readonly UsageRow[]): {
  readonly form: Statements;
  readonly values: readonly string[];
} {
  const values = usageColumns.map(([, , write]) => write(rows));
  if (rows.some(({ holdId }) => holdId !== null)) return { form: holdsForm, values };
  const given = new Set<string>(names.filter((_, index) => values[index] !== emptyLiteral));
  const key = [...given].join();
  if (!forms.has(key) && forms.size >= formsMax) return { form: wholeForm, values };
  const form = forms.get(key) ?? statementsFor((name) => given.has(name), false);
  forms.set(key, form);
  return { form, values: values.filter((value) => value !== emptyLiteral) };
}

/**
 * Stores events of one project; rows must have distinct keys and be sorted by them (two flushes that hold
 * the same ids in another order would wait for each other).
 * @returns the keys that were new, or `all`.
 */
export async function insertUsageEvents(
  db: Database,
  input: {
    readonly projectId: number;
    /** Another id each time; one that a replica took is not used, and the next is asked for. */
    readonly nextFlushId: () => number;
    /** Tries the quicker way, which is made good by the other one when it was wrong. */
    readonly expectsNew: boolean;
    readonly rows: readonly UsageRow[];
  },
): Promise<'all' | ReadonlySet<string>> {
  const { projectId, rows } = input;
  const { form, values } = formOf(rows);
  // What ties events to holds is part of the other statement only.
  let expectsNew = input.expectsNew && form !== holdsForm;
  for (let attempt = 1; ; attempt++) {
    const params: Param[] = [projectId, input.nextFlushId(), rows.length, ...values];
    try {
      if (expectsNew) {
        await db.run(form.forNew, params);
        return 'all';
      }
      const [row] = await db.run<{ accepted: number; keys: string | null }>(form.asking, params);
      return row?.accepted === rows.length ? 'all' : new Set(parseWords(row?.keys ?? null));
    } catch (error) {
      // Nothing is stored then: an id is known, or the flush's was a replica's, made in the same millisecond.
      if (attempt >= triesMax || !isDuplicate(error)) throw error;
      expectsNew = false;
    }
  }
}

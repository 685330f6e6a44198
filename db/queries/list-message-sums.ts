import { contextPartNames } from '#lib/sessions/context-parts.ts';
import { firstAfter } from '#lib/sessions/first-after.ts';
import type { MessageSum } from '#lib/sessions/messages-before.ts';
import { parseWords } from '../array-literal.ts';
import { messageKindCodes } from '../codes.ts';
import type { Database } from '../database.ts';
import { instantMicros, toMs } from './instant-micros.ts';
import { blockRows, messagePart } from './message-part.ts';

/** So many of the last messages are read one by one, where calls lie between them. */
const rowsMax = 8_192;
/** Past it the blocks are behind: they are filled within seconds, or minutes after an upgrade. */
const unsummedRowsMax = 4 * rowsMax;

const sums = contextPartNames.map((name) => `${name}_tokens`);
const packed = (column: string) => `array_agg(${column})::text`;

/**
 * What came before the first call is one sum, of the last history there; between calls, the last messages one by one and
 * older ones by blocks. All in one snapshot. Both ends of the seqs are given: with one, all messages were read.
 */
const statement = `
with block as materialized (
  select *, sum(compactions) over (order by block) as segment, last_ts < $3::text::timestamptz as is_before
  from message_blocks where project_id = $1::int and session_id = $2::int8
), summed as (
  select coalesce(max(block) + 1, 0) as blocks, coalesce(min(block) filter (where not is_before), max(block) + 1, 0) as between
  from block
), line as materialized (
  select s.last_seq + 1 as messages, least(b.blocks, greatest(b.between, (s.last_seq + ${blockRows - rowsMax}) / ${blockRows})) as used
  from sessions s, summed b where s.project_id = $1::int and s.id = $2::int8
), rows_from as materialized (
  select used * ${blockRows} as seq, messages - used * ${blockRows} > ${unsummedRowsMax} as is_behind from line
), used as materialized (
  select * from block where block < (select used from line)
), before as (
  select ${sums.map((name) => `coalesce(sum(${name}), 0)::text as ${name}`).join(', ')}, max(segment)::text as segment
  from used where is_before and block >= coalesce((select max(block) from used where is_before and compactions > 0), 0)
), between as (
  select ${['segment', ...sums].map((name) => `${packed(name)} as ${name}`).join(', ')}, ${packed(instantMicros('last_ts'))} as micros
  from (select * from used where not is_before order by block) b
), told as (
  select ${packed(instantMicros('ts'))} as micros, ${packed('tokens')} as tokens, ${packed('part')} as parts,
    ${packed('is_summary')} as summaries
  from (
    select ts, tokens, ${messagePart} as part, (kind = ${messageKindCodes.summary})::int as is_summary
    from messages where project_id = $1::int and session_id = $2::int8
      and seq >= (select seq from rows_from) and seq < (select seq + ${unsummedRowsMax} from rows_from)
      and not (select is_behind from rows_from) order by seq
  ) m
)
select case when r.is_behind then 'yes' end as is_behind, (select coalesce(max(segment), 0)::text from used) as segment,
  ${['segment', ...sums].map((name) => `before.${name} as before_${name}`).join(', ')},
  ${['micros', 'segment', ...sums].map((name) => `between.${name} as between_${name}`).join(', ')},
  told.micros, told.tokens, told.parts, told.summaries
from rows_from r, before, between, told`;

type PackedRow = Readonly<Record<string, string | null>>;

/**
 * A session's messages, cleared ones too, by the calls that they come before (`pointsMs` ascending) and by part.
 * @returns null while more of them than one read may take are not summed yet.
 */
export async function listMessageSums(
  db: Database,
  input: { readonly projectId: number; readonly sessionKey: number; readonly pointsMs: readonly number[] },
): Promise<readonly MessageSum[] | null> {
  const { projectId, sessionKey, pointsMs } = input;
  const first = new Date(pointsMs[0] ?? 0).toISOString();
  const [row] = await db.run<PackedRow>(statement, [projectId, sessionKey, first]);
  if (row === undefined || row['is_behind'] === 'yes') return null;
  const pointOf = (micros: string) => firstAfter(pointsMs, toMs(micros));
  return [...sumsBefore(row), ...sumsBetween(row, pointOf), ...sumsTold(row, pointOf)];
}

function sumsBefore(row: PackedRow): readonly MessageSum[] {
  const segment = Number(row['before_segment'] ?? 0);
  return contextPartNames.map((part) => ({
    point: 0,
    segment,
    part,
    tokens: Number(row[`before_${part}_tokens`] ?? 0),
  }));
}

function sumsBetween(row: PackedRow, pointOf: (micros: string) => number): readonly MessageSum[] {
  const segments = listOf(row, 'between_segment');
  const tokens = contextPartNames.map((part) => ({ part, of: listOf(row, `between_${part}_tokens`) }));
  return listOf(row, 'between_micros').flatMap((micros, index) => {
    const at = { point: pointOf(micros), segment: Number(segments[index]) };
    return tokens.map(({ part, of }) => ({ ...at, part, tokens: Number(of[index]) }));
  });
}

function sumsTold(row: PackedRow, pointOf: (micros: string) => number): readonly MessageSum[] {
  const [tokens, parts, summaries] = ['tokens', 'parts', 'summaries'].map((name) => listOf(row, name));
  let segment = Number(row['segment']);
  return listOf(row, 'micros').map((micros, index) => {
    segment += Number(summaries?.[index]);
    const part = contextPartNames[Number(parts?.[index])] ?? 'system';
    return { point: pointOf(micros), segment, part, tokens: Number(tokens?.[index]) };
  });
}

function listOf(row: PackedRow, name: string): readonly string[] {
  return parseWords(row[name] ?? null);
}

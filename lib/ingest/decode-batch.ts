import { AppError } from '#lib/errors.ts';
import { parseJson } from '#lib/http/parse-json.ts';
import { parseJsonLines } from '#lib/http/parse-json-lines.ts';
import { type ConflictRule, conflictRules } from '#lib/usage/usage-event.ts';
import { decodeItem } from './decode-item.ts';
import { isPlainObject } from './event-fields.ts';
import type { IngestEvent } from './ingest-event.ts';
import { type ItemError, showValue } from './item-error.ts';

export const eventsMax = 1_000;

export type DecodedItem =
  | { readonly index: number; readonly id: string; readonly event: IngestEvent }
  | { readonly index: number; readonly id: string | null; readonly error: ItemError };

/**
 * Body to events: `{"events": […]}`, a bare array, one event, or NDJSON, at most 1,000 of them. Each item is
 * judged alone; one that is refused says why and does not touch the others.
 * @throws AppError where the body as a whole cannot be read.
 */
export function decodeBatch(body: {
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
  readonly nowMs: number;
}): { readonly items: readonly DecodedItem[] } {
  const { nowMs } = body;
  if (mediaOf(body.contentType) === 'lines') {
    const lines = parseJsonLines(body.bytes, { linesMax: eventsMax });
    if (lines.length === 0) throw emptyBatch();
    return {
      items: lines.map((line, index) => {
        if ('value' in line) return decodeItem(line.value, { index, nowMs, onConflict: 'keep' });
        const message = `Item ${index}, line ${line.line}: ${line.error.message}`;
        return { index, id: null, error: { code: 'bad_json', field: null, message } };
      }),
    };
  }
  const { events, onConflict } = openEnvelope(parseJson(body.bytes));
  if (events.length > eventsMax) {
    const message = `The batch has ${events.length} events; at most ${eventsMax} are taken at once.`;
    throw new AppError('too_many_events', message, { details: { events: events.length, eventsMax } });
  }
  if (events.length === 0) throw emptyBatch();
  return { items: events.map((value, index) => decodeItem(value, { index, nowMs, onConflict })) };
}

type Envelope = { readonly events: readonly unknown[]; readonly onConflict: ConflictRule };

function openEnvelope(body: unknown): Envelope {
  if (Array.isArray(body)) return { events: body, onConflict: 'keep' };
  if (!isPlainObject(body)) {
    throw new AppError(
      'bad_request',
      `The body must be {"events": […]}, a list of events or one event, but is ${showValue(body)}.`,
    );
  }
  if (!Object.hasOwn(body, 'events')) return { events: [body], onConflict: 'keep' };
  const { events, onConflict, ...others } = body;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new AppError('bad_request', `There is no member ${showValue(unknown)} beside \`events\`.`);
  }
  if (!Array.isArray(events)) {
    throw new AppError('bad_request', `\`events\` must be a list, but is ${showValue(events)}.`);
  }
  return { events, onConflict: readRule(onConflict) };
}

function readRule(value: unknown): ConflictRule {
  if (value === undefined || value === null) return 'keep';
  const rule = conflictRules.find((name) => name === value);
  if (rule !== undefined) return rule;
  throw new AppError('bad_request', `\`onConflict\` must be keep or max, but is ${showValue(value)}.`);
}

function mediaOf(contentType: string | null): 'json' | 'lines' {
  if (contentType === 'application/json') return 'json';
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const isUtf8 = parameters.every(
    (parameter) => !/^charset=/.test(parameter) || /^charset="?utf-?8"?$/.test(parameter),
  );
  if (isUtf8 && type === 'application/json') return 'json';
  if (isUtf8 && ['application/x-ndjson', 'application/ndjson', 'application/jsonl'].includes(type))
    return 'lines';
  throw new AppError(
    'unsupported_media_type',
    `Send Content-Type: application/json or application/x-ndjson in UTF-8 (with curl: -H 'Content-Type: application/json'), not ${showValue(contentType ?? undefined)}.`,
  );
}

function emptyBatch(): AppError {
  return new AppError('empty_batch', 'There is no event in the body.');
}

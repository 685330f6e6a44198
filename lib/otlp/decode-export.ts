import type { DecodedItem } from '#lib/ingest/decode-batch.ts';
import { decodeItem } from '#lib/ingest/decode-item.ts';
import { toErrorText } from './error-text.ts';
import { logEvents } from './log-events.ts';
import type { OtlpEvent } from './otlp-event.ts';
import type { RefusedRecord } from './otlp-record.ts';
import type { OtlpFormat, OtlpSignal } from './otlp-signal.ts';
import { type ExportRecord, readExport } from './read-export.ts';
import { spanEvents } from './span-events.ts';
import { toLogRecord, toSpan } from './to-record.ts';

/** As many as twenty requests of `POST /api/ingest`: exporters cannot send a batch again in halves. */
export const exportEventsMax = 20_000;

export type DecodedExport = {
  /** Their `index` is that of the record that they come from. */
  readonly items: readonly DecodedItem[];
  readonly refused: readonly RefusedRecord[];
};

/**
 * The body of an OTLP request as events. A record that says nothing of agents gives none and is no fault; one
 * that cannot be told from another is refused alone. Metrics are read and give none: decision 16.
 * @throws AppError where the body as a whole cannot be read.
 */
export function decodeExport(body: {
  readonly bytes: Uint8Array;
  readonly format: OtlpFormat;
  readonly signal: OtlpSignal;
  readonly nowMs: number;
  /** Whether secrets are taken out of errors; those of messages go where all messages do. */
  readonly redact: boolean;
}): DecodedExport {
  const records = readExport(body);
  const { events, refused } = toEvents(body.signal, records);
  const items = events.slice(0, exportEventsMax).map(({ index, input }): DecodedItem => {
    return decodeItem(withErrorText(input, body), { index, nowMs: body.nowMs, onConflict: 'keep' });
  });
  const beyond = new Set(events.slice(exportEventsMax).map(({ index }) => index));
  const message = `The export has more than ${exportEventsMax} events. Send smaller batches.`;
  return { items, refused: [...refused, ...[...beyond].map((index) => ({ index, message }))] };
}

function withErrorText(input: OtlpEvent['input'], options: { readonly redact: boolean }): OtlpEvent['input'] {
  if (input.type !== 'usage' || typeof input.error !== 'string') return input;
  return { ...input, error: toErrorText(input.error, options) };
}

type Events = { readonly events: readonly OtlpEvent[]; readonly refused: readonly RefusedRecord[] };

function toEvents(signal: OtlpSignal, records: readonly ExportRecord[]): Events {
  switch (signal) {
    case 'traces': {
      const { taken, refused } = takeEach(records, toSpan);
      return { events: spanEvents(taken), refused };
    }
    case 'logs': {
      const { taken, refused } = takeEach(records, toLogRecord);
      return { events: logEvents(taken), refused };
    }
    case 'metrics':
      return { events: [], refused: [] };
  }
}

function takeEach<Taken extends object>(
  records: readonly ExportRecord[],
  read: (record: ExportRecord) => Taken | { readonly refused: RefusedRecord },
): { readonly taken: readonly Taken[]; readonly refused: readonly RefusedRecord[] } {
  const taken: Taken[] = [];
  const refused: RefusedRecord[] = [];
  for (const record of records) {
    const result = read(record);
    if ('refused' in result) refused.push(result.refused);
    else taken.push(result);
  }
  return { taken, refused };
}

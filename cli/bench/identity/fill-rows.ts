import { eventRowsSql, idExpressions } from '../event-rows-sql.ts';
import type { EventIds } from '../make-event.ts';

/** Rows lie this far apart: ten million of them reach over five months. */
export const rowEveryMs = 1_296;
export const firstRowMs = Date.UTC(2026, 5, 1);
/** Sessions that are open at once, and how many rows later others take their place. */
export const sessionsOpen = 2_000;
export const rowsPerSessionChange = 100_000;

/** The query of `eventRowsSql` with ids of one kind and sessions that come and go. */
export function fillRows(options: {
  readonly ids: EventIds;
  readonly from: number;
  readonly to: number;
}): string {
  return eventRowsSql({
    from: options.from,
    to: options.to,
    firstMs: firstRowMs,
    everyMs: rowEveryMs,
    columns: {
      id: idExpressions[options.ids],
      session_id: `1 + ${sessionsOpen} * (n / ${rowsPerSessionChange}) + (random() * ${sessionsOpen - 1})::int`,
      ...(options.ids === 'text' && { external_id: `'msg_01' || substr(hash, 1, 24)` }),
    },
  });
}

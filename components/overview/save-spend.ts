import { csvName } from '#lib/overview/csv-name.ts';
import type { Overview } from '#lib/overview/overview.ts';
import { spendCsv } from '#lib/overview/spend-csv.ts';
import type { SpendRow } from '#lib/overview/spend-row.ts';
import { downloadText } from './download-text.ts';

export type SpendFile = {
  readonly range: Overview['range'];
  readonly by: string;
  readonly rows: readonly SpendRow[];
};

/** Hands the rows to the browser as a file, in their order. */
export function saveSpend({ range, by, rows }: SpendFile): void {
  downloadText({ name: csvName({ range, by }), type: 'text/csv', text: spendCsv(rows) });
}

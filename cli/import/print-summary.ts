import Table from 'cli-table3';
import type { ToolSums } from '#lib/importers/import-tally.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { ImportRun } from './run-import.ts';

export type SummaryOptions = {
  readonly run: ImportRun;
  readonly elapsedMs: number;
  readonly isDryRun: boolean;
};

const names: Readonly<Record<string, string>> = {
  'claude-code': 'Claude Code',
  codex: 'Codex CLI',
  openclaw: 'OpenClaw',
  gemini: 'Gemini CLI',
  opencode: 'OpenCode',
};

/** A table with a column for each tool, what was left out and why, and what is new in the ledger. */
export function printSummary({ run, elapsedMs, isDryRun }: SummaryOptions): void {
  const tools = run.tally.tools();
  if (tools.length === 0) {
    console.log('No session logs found. Give a folder or file: npm run import -- ~/some/folder');
    return;
  }
  const table = new Table({
    head: ['', ...tools.map(({ tool }) => names[tool] ?? tool)],
    colAligns: ['left', ...tools.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const [name, show] of summaryRows) table.push([name, ...tools.map(show)]);
  console.log(table.toString());
  for (const { tool, skipped } of tools) {
    for (const [reason, lines] of skipped)
      console.log(`${names[tool] ?? tool}: left out ${lines} × ${reason}`);
  }
  const megabytes = tools.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  const seconds = elapsedMs / 1_000;
  console.log(`${megabytes.toFixed(1)} MB in ${seconds.toFixed(1)} s.`);
  if (isDryRun) {
    console.log('Nothing was stored (--dry-run).');
    return;
  }
  const { accepted, raised, duplicates, conflicts } = run.counts();
  console.log(
    `${count(accepted)} events are new, ${count(raised)} calls got their final figures, ${count(duplicates + conflicts)} were there already.`,
  );
}

const summaryRows: readonly (readonly [string, (sums: ToolSums) => string])[] = [
  ['files', (sums) => count(sums.files)],
  ['sessions', (sums) => count(sums.sessions)],
  ['messages', (sums) => count(sums.messages)],
  ['operations', (sums) => count(sums.operations)],
  ['calls', (sums) => count(sums.calls)],
  ['tokens: input', (sums) => count(sums.input)],
  ['tokens: cache read', (sums) => count(sums.cacheRead)],
  ['tokens: cache write, 5 min', (sums) => count(sums.cacheWrite5m)],
  ['tokens: cache write, 1 h', (sums) => count(sums.cacheWrite1h)],
  ['tokens: output', (sums) => count(sums.output)],
  ['cost, computed', (sums) => `$${dollars(sums.costPicoUsd)}`],
  [
    'cost, as the log has it',
    (sums) => (sums.reportedPicoUsd === 0n ? '–' : `$${dollars(sums.reportedPicoUsd)}`),
  ],
  ['unpriced tokens', (sums) => count(sums.unpricedTokens)],
  ['lines left out', (sums) => count([...sums.skipped.values()].reduce((sum, lines) => sum + lines, 0))],
];

function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** To the hundredth of a cent, rounded half up. */
function dollars(pico: bigint): string {
  const rounded = ((pico + 50_000_000n) / 100_000_000n) * 100_000_000n;
  const [whole = '0', fraction = ''] = formatPicoUsd(rounded).split('.');
  return `${BigInt(whole).toLocaleString('en-US')}.${fraction.padEnd(4, '0')}`;
}

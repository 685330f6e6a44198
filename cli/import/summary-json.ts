import type { CallSums } from '#lib/importers/import-tally.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { ImportRun } from './run-import.ts';

/** What `--json` prints: sums by tool, and by tool, UTC day and model; money as decimal strings. */
export function summaryJson(
  run: ImportRun,
  options: { readonly isDryRun: boolean; readonly elapsedMs: number },
) {
  return {
    dryRun: options.isDryRun,
    elapsedMs: Math.round(options.elapsedMs),
    stored: options.isDryRun ? null : { ...run.counts() },
    tools: run.tally
      .tools()
      .map(({ tool, files, bytes, sessions, messages, operations, skipped, ...sums }) => ({
        tool,
        files,
        bytes,
        sessions,
        messages,
        operations,
        ...shown(sums),
        skipped: Object.fromEntries(skipped),
      })),
    days: run.tally.days().map(({ tool, day, model, ...sums }) => ({ tool, day, model, ...shown(sums) })),
  };
}

function shown({ calls, costPicoUsd, reportedPicoUsd, unpricedTokens, ...tokens }: CallSums) {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning } = tokens;
  return {
    calls,
    tokens: { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning },
    costUsd: formatPicoUsd(costPicoUsd),
    reportedCostUsd: formatPicoUsd(reportedPicoUsd),
    unpricedTokens,
  };
}

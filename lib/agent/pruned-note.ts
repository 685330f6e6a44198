import type { OperationNote } from './agent-event.ts';
import type { PruneReport } from './prune-report.ts';

/** A shortened result as the app's operations page shows it, by its rule. */
export function prunedNote(report: PruneReport, durationMs = 0): OperationNote {
  return {
    name: report.rule,
    kind: 'prune',
    durationMs,
    bytesBefore: report.bytesBefore,
    bytesAfter: report.bytesAfter,
    tokensBefore: report.tokensBefore,
    tokensAfter: report.tokensAfter,
  };
}

import type { OperationsReport } from '#lib/operations/operations-report.ts';

/** Neither an operation nor a heartbeat, nor a call that was timed. */
export function isEmptyReport(report: OperationsReport): boolean {
  const { agents, tools, prunes, slow, waits, classes } = report;
  const rows = agents.length + tools.length + prunes.length + slow.length + waits.count;
  return rows === 0 && classes.every(({ calls }) => calls === 0);
}

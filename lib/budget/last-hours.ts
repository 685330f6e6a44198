import type { BudgetWindow } from './budget-window.ts';

const hourMs = 3_600_000;
const quarterMs = 900_000;

/** The last hours up to the end of the present quarter hour, so never more of them than asked. */
export function lastHours(hours: number, nowMs: number): BudgetWindow {
  const endMs = Math.ceil((nowMs + 1) / quarterMs) * quarterMs;
  return { startMs: endMs - hours * hourMs, endMs };
}

const quarterMs = 15 * 60_000;
const dayMs = 86_400_000;

/**
 * The range of a report over `days` days up to now: whole quarter hours, the last of which is not over yet, so
 * that rollups cover it without a rest.
 */
export function reportRange({ days, nowMs }: { readonly days: number; readonly nowMs: number }): {
  readonly fromMs: number;
  /** Excluded. */
  readonly toMs: number;
} {
  const toMs = (Math.floor(nowMs / quarterMs) + 1) * quarterMs;
  return { fromMs: toMs - days * dayMs, toMs };
}

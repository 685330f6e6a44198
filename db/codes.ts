/** How the closed lists of lib/ are written in smallint columns. A number once given is never given again. */
export const sourceCodes = { direct: 0, heartbeat: 1, cron: 2, subagent: 3, batch: 4 } as const;
export const statusCodes = { ok: 0, error: 1, aborted: 2 } as const;
export const priceStatusCodes = { priced: 0, estimated: 1, unpriced: 2 } as const;
export const roleCodes = { user: 0, assistant: 1, system: 2, tool: 3 } as const;
export const messageKindCodes = { text: 0, thinking: 1, tool_call: 2, tool_result: 3, summary: 4 } as const;
export const operationKindCodes = {
  tool: 0,
  prune: 1,
  compact: 2,
  queue: 3,
  semaphore: 4,
  request: 5,
  other: 6,
} as const;

export const budgetPeriodCodes = { day: 0, week: 1, month: 2, span: 3 } as const;
export const holdStateCodes = { live: 0, settled: 1, released: 2, expired: 3 } as const;
export const alertStateCodes = { firing: 0, recovered: 1 } as const;
export const targetKindCodes = { webhook: 0, slack: 1 } as const;
export const deliveryStateCodes = { pending: 0, delivered: 1, failed: 2 } as const;
/** Bits of a mask, one for each bucket of lib/budget/counted-tokens.ts. */
export const countedTokenBits = { input: 1, cacheRead: 2, cacheWrite: 4, output: 8 } as const;

/** The name of a stored number. @throws Error when a newer version wrote it. */
export function nameOfCode<Name extends string>(codes: Readonly<Record<Name, number>>, code: number): Name {
  for (const name in codes) if (codes[name] === code) return name;
  throw new Error(`Unknown code ${code} in the database: was it written by a newer version?`);
}

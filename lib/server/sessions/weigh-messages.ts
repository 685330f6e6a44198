import 'server-only';
import type { LargeMessage } from '#db/queries/list-largest-messages.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { Reread } from '#lib/sessions/reread-costs.ts';
import type { SessionCulprit, SessionTool } from '#lib/sessions/session-row.ts';

const culpritsMax = 10;
const toolsMax = 10;

type CostOf = (message: LargeMessage) => Reread;

/** The largest messages alone, and the tools with all that they said. `largest` is in the order of bytes. */
export function weighMessages(
  largest: readonly LargeMessage[],
  costOf: CostOf,
): { readonly culprits: readonly SessionCulprit[]; readonly tools: readonly SessionTool[] } {
  const copies = new Map<string, number>();
  for (const { contentHash } of largest) copies.set(contentHash, (copies.get(contentHash) ?? 0) + 1);
  const culprits = largest.slice(0, culpritsMax).map((message): SessionCulprit => {
    const { tsMs: _, contentHash, ...culprit } = message;
    const { rereads, rereadTokens, costPicoUsd } = costOf(message);
    const rereadCostUsd = costPicoUsd === null ? null : formatPicoUsd(costPicoUsd);
    return { ...culprit, copies: copies.get(contentHash) ?? 1, rereads, rereadTokens, rereadCostUsd };
  });
  return { culprits, tools: sumTools(largest, costOf) };
}

type ToolSum = Omit<SessionTool, 'rereadCostUsd'> & { readonly costPicoUsd: bigint | null };

function sumTools(largest: readonly LargeMessage[], costOf: CostOf): readonly SessionTool[] {
  const sums = new Map<string, ToolSum>();
  for (const message of largest) {
    const { toolName, bytes, tokens } = message;
    if (toolName === null) continue;
    const { rereads, rereadTokens, costPicoUsd } = costOf(message);
    const sum = sums.get(toolName) ?? { ...nothing, toolName };
    sums.set(toolName, {
      toolName,
      messages: sum.messages + 1,
      bytes: sum.bytes + bytes,
      tokens: sum.tokens + tokens,
      rereads: sum.rereads + rereads,
      rereadTokens: sum.rereadTokens + rereadTokens,
      costPicoUsd: sum.costPicoUsd === null || costPicoUsd === null ? null : sum.costPicoUsd + costPicoUsd,
    });
  }
  return [...sums.values()]
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, toolsMax)
    .map(({ costPicoUsd, ...sum }) => ({
      ...sum,
      rereadCostUsd: costPicoUsd === null ? null : formatPicoUsd(costPicoUsd),
    }));
}

const nothing = { messages: 0, bytes: 0, tokens: 0, rereads: 0, rereadTokens: 0, costPicoUsd: 0n } as const;

import type { HistoryBreak } from './find-breaks.ts';
import { contextOf, type SessionCall } from './session-call.ts';

export type CallGroup = {
  /** Of its last call. */
  readonly tsMs: number;
  readonly calls: number;
  /** Largest context of its calls, and the index of the call that had it. */
  readonly contextTokens: number;
  readonly peak: number;
  readonly costPicoUsd: bigint;
  readonly model: string;
  /** A new history began within it. */
  readonly isBreak: boolean;
};

type GroupInput = {
  readonly calls: readonly SessionCall[];
  readonly breaks: readonly HistoryBreak[];
  readonly groupsMax: number;
};

/** Neighbouring calls share a group when there are more of them than groups; all groups are as wide, but the last. */
export function groupCalls({ calls, breaks, groupsMax }: GroupInput): readonly CallGroup[] {
  const width = Math.ceil(calls.length / groupsMax);
  const broken = new Set(breaks.map(({ index }) => index));
  const groups: CallGroup[] = [];
  for (let from = 0; from < calls.length; from += width) {
    const members = calls.slice(from, from + width);
    const last = members.at(-1);
    if (last === undefined) break;
    const contexts = members.map(contextOf);
    const contextTokens = Math.max(...contexts);
    groups.push({
      tsMs: last.tsMs,
      calls: members.length,
      contextTokens,
      peak: from + contexts.lastIndexOf(contextTokens),
      costPicoUsd: members.reduce((sum, { costPicoUsd }) => sum + costPicoUsd, 0n),
      model: last.model,
      isBreak: members.some((_, offset) => broken.has(from + offset)),
    });
  }
  return groups;
}

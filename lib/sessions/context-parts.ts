import type { PartTokens } from './messages-before.ts';

/** Whose tokens a context consists of. `system`: prompt, tool definitions, summaries of compactions. */
export const contextPartNames = ['system', 'user', 'assistant', 'tool'] as const;
export type ContextPart = (typeof contextPartNames)[number];
export type ContextParts = Readonly<Record<ContextPart, number>>;

export type ContextEstimate = {
  /** Adds up to the measured context; null where no message is known. */
  readonly parts: ContextParts | null;
  /** How much of the messages before it a call can have sent, 0 to 1: below 1 where some were pruned. */
  readonly sentShare: number;
};

type EstimateInput = {
  /** Measured contexts of the calls, in order. */
  readonly contexts: readonly number[];
  /** What each could have sent, as `messagesBefore` has it. */
  readonly before: readonly PartTokens[];
};

/**
 * An estimate of what each measured context consists of. The messages before a call say how user, assistant,
 * tools and summaries relate. What the first call sent beyond its messages is the prompt and the tool
 * definitions, which no message holds: it is taken to be the same in all calls. The rest of the measured context
 * is shared out by the messages' tokens, so that the parts always add up to it exactly.
 */
export function estimateContextParts({ contexts, before }: EstimateInput): readonly ContextEstimate[] {
  let firstPrompt: number | null = null;
  return contexts.map((context, index) => {
    const known = before[index];
    const total = known === undefined ? 0 : known.system + known.user + known.assistant + known.tool;
    if (known === undefined || total === 0) return { parts: null, sentShare: 1 };
    firstPrompt ??= Math.max(0, context - total);
    const shared = context - Math.min(firstPrompt, context);
    const share = (tokens: number) => Math.floor((shared * tokens) / total);
    const [user, assistant, tool] = [share(known.user), share(known.assistant), share(known.tool)];
    const parts = { system: context - user - assistant - tool, user, assistant, tool };
    return { parts, sentShare: Math.min(1, shared / total) };
  });
}

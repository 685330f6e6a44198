/** Whose tokens a context consists of. `system`: prompt, tool definitions, summaries of compactions. */
export const contextPartNames = ['system', 'user', 'assistant', 'tool'] as const;
export type ContextPart = (typeof contextPartNames)[number];
export type ContextParts = Readonly<Record<ContextPart, number>>;

/** Messages between two instants, summed: those with `point` n come before instant n and not before n - 1. */
export type MessageSum = {
  readonly point: number;
  /** Compactions before them in the session: what an earlier one covers is not sent any more. */
  readonly segment: number;
  readonly part: ContextPart;
  readonly tokens: number;
};

type PartsInput = {
  /** Measured contexts at the instants, in order. */
  readonly contexts: readonly number[];
  readonly sums: readonly MessageSum[];
};

/**
 * An estimate of what each measured context consists of. The messages of the present segment that were there
 * say how user, assistant, tools and summaries relate. What the first call sent beyond its messages is the
 * prompt and the tool definitions, which no message holds: it is taken to be the same in all calls. The rest of
 * the measured context is shared out by the messages' tokens, so that the parts always add up to it exactly.
 * @returns null for calls before which no message is known
 */
export function estimateContextParts({ contexts, sums }: PartsInput): readonly (ContextParts | null)[] {
  const inOrder = [...sums].sort((a, b) => a.point - b.point || a.segment - b.segment);
  let next = 0;
  let segment = -1;
  let known = { system: 0, user: 0, assistant: 0, tool: 0 };
  let promptTokens: number | null = null;
  return contexts.map((context, point) => {
    for (let sum = inOrder[next]; sum !== undefined && sum.point <= point; sum = inOrder[next]) {
      next += 1;
      if (sum.segment !== segment) known = { system: 0, user: 0, assistant: 0, tool: 0 };
      segment = sum.segment;
      known[sum.part] += sum.tokens;
    }
    const total = known.system + known.user + known.assistant + known.tool;
    if (total === 0) return null;
    promptTokens ??= Math.max(0, context - total);
    return shareOut(known, { context, total, promptTokens: Math.min(promptTokens, context) });
  });
}

function shareOut(
  known: ContextParts,
  sizes: { readonly context: number; readonly total: number; readonly promptTokens: number },
): ContextParts {
  const { context, total, promptTokens } = sizes;
  const share = (tokens: number) => Math.floor(((context - promptTokens) * tokens) / total);
  const [user, assistant, tool] = [share(known.user), share(known.assistant), share(known.tool)];
  return { system: context - user - assistant - tool, user, assistant, tool };
}

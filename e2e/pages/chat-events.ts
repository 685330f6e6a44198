/** Messages 0 to `count - 1` of a session, a second apart, the last one now. */
export function chatEvents(input: {
  readonly agent: string;
  readonly session: string;
  readonly count: number;
  readonly from?: number;
  readonly contentOf?: (seq: number) => Readonly<Record<string, unknown>>;
}) {
  const { agent, session, count, from = 0, contentOf = plainContent } = input;
  return Array.from({ length: count - from }, (_, index) => ({
    type: 'message',
    id: `${session}-${from + index}`,
    ts: new Date(Date.now() - (count - from - index) * 1_000).toISOString(),
    agent,
    session,
    ...contentOf(from + index),
  }));
}

function plainContent(seq: number) {
  return { role: seq % 2 === 0 ? 'user' : 'assistant', content: `line ${seq}` };
}

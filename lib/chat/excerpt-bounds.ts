/** What tools say is long and seldom read: it is folded further than what people and models say. */
const toolBounds = { linesMax: 12, charactersMax: 800 } as const;
const talkBounds = { linesMax: 40, charactersMax: 2_000 } as const;

/** How much of a message a list shows. */
export function excerptBoundsOf(kind: string) {
  const isTool = kind === 'tool_call' || kind === 'tool_result';
  return { isTool, bounds: isTool ? toolBounds : talkBounds };
}

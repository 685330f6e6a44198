import { nameKind } from './name-kind.ts';
import { type Content, readableText } from './stored-content.ts';

export type TranscriptMessage = {
  readonly seq: number;
  readonly ts: string;
  readonly role: string;
  readonly kind: string;
  readonly toolName: string | null;
  /** Null once cleared or expired. */
  readonly content: Content | null;
};

/** A message as a piece of Markdown: a heading that says who and when, and the text in a fence no text closes. */
export function formatTranscript(message: TranscriptMessage): string {
  const { seq, ts, toolName, content } = message;
  const name = toolName === null ? '' : ` \`${toolName.replaceAll('`', "'")}\``;
  const heading = `## ${seq} · ${nameKind(message)}${name} · ${ts}`.replaceAll(/[\r\n]+/g, ' ');
  if (content === null) return `${heading}\n\n(cleared)\n\n`;
  const text = readableText(content);
  const fence = '`'.repeat(Math.max(3, longestFence(text) + 1));
  return `${heading}\n\n${fence}text\n${text}\n${fence}\n\n`;
}

function longestFence(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

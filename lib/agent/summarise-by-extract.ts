import { actionOf, filePathOf } from './call-input.ts';
import type { ChatMessage } from './chat-message.ts';
import { cutMiddle } from './cut-middle.ts';
import { messageText } from './message-text.ts';
import { readMessage } from './read-message.ts';

export type SummaryRequest<T> = {
  /** Whole rounds, never more than the summariser was said to take. */
  readonly messages: readonly T[];
  /** What was summed up before these messages; empty at first. */
  readonly previous: string;
  readonly bytesMax: number;
  readonly signal: AbortSignal;
};

/** Sums up old messages. Longer answers are cut to `bytesMax`. */
export type Summariser<T> = (request: SummaryRequest<T>) => Promise<string>;

const askedCharsMax = 240;
const answerCharsMax = 200;
const linesMax = 60;

/**
 * A summary without a model: what the user asked, the first words of each answer, which tools were called how
 * often and which files were read. Keeps the newest where it does not all fit.
 */
export function summariseByExtract<T extends ChatMessage>(
  request: Omit<SummaryRequest<T>, 'signal'>,
): string {
  const lines: string[] = [];
  const calls = new Map<string, number>();
  const files = new Set<string>();
  for (const message of request.messages) {
    const facts = readMessage(message);
    for (const call of facts.calls) {
      const name = [call.name, actionOf(call).slice(0, 40)].filter(Boolean).join(' ');
      calls.set(name, (calls.get(name) ?? 0) + 1);
      const path = filePathOf(call);
      if (path !== null) files.add(path);
    }
    if (facts.role !== 'user' && facts.role !== 'assistant') continue;
    const text = messageText(message).replace(/\s+/g, ' ').trim();
    if (text === '') continue;
    const isAsked = facts.role === 'user';
    lines.push(
      `${isAsked ? 'User' : 'Assistant'}: ${cutMiddle(text, isAsked ? askedCharsMax : answerCharsMax)}`,
    );
  }
  const used = [...calls]
    .slice(0, 40)
    .map(([name, count]) => (count === 1 ? name : `${name} (${count} times)`));
  const parts = [
    request.previous,
    ...lines.slice(-linesMax),
    used.length === 0 ? '' : `Tools used: ${used.join(', ')}.`,
    files.size === 0 ? '' : `Files read: ${[...files].slice(-40).join(', ')}.`,
  ];
  return cutToBytes(parts.filter(Boolean).join('\n'), request.bytesMax);
}

/** The end of a text within so many bytes: in a summary the newest stands last. */
function cutToBytes(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesMax) return text;
  // A character that was cut in two at the front becomes U+FFFD: it is dropped.
  return bytes
    .subarray(bytes.length - bytesMax + 4)
    .toString('utf8')
    .replace(/^\uFFFD+/, '')
    .replace(/^/, '…');
}

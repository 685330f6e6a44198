import type { ChatMessage } from './chat-message.ts';
import { groupMessages } from './message-units.ts';
import { shrinkTurn } from './shrink-turn.ts';
import type { Summariser } from './summarise-by-extract.ts';

/** More chunks than this are not asked for in one go: the oldest beyond it are left out, and told so. */
const chunksMax = 40;

export type Compaction = { readonly summary: string; readonly summedUp: number; readonly leftOut: number };

/**
 * Sums up messages chunk by chunk, each within what the summariser takes, each given the summary so far. A
 * round that is too large by itself is shortened first, so that no request overflows.
 */
export async function compactHistory<T extends ChatMessage>(
  messages: readonly T[],
  input: {
    readonly summarise: Summariser<T>;
    readonly previous: string;
    readonly chunkTokensMax: number;
    readonly bytesMax: number;
    readonly signal: AbortSignal;
  },
): Promise<Compaction> {
  const chunks = splitChunks(messages, input.chunkTokensMax);
  const asked = chunks.slice(-chunksMax);
  let summary = input.previous;
  for (const chunk of asked) {
    const next = await input.summarise({
      messages: chunk,
      previous: summary,
      bytesMax: input.bytesMax,
      signal: input.signal,
    });
    input.signal.throwIfAborted();
    if (typeof next !== 'string' || next.trim() === '') throw new Error('The summariser gave no text.');
    summary = cutBytes(next, input.bytesMax);
  }
  const summedUp = asked.reduce((sum, chunk) => sum + chunk.length, 0);
  return { summary, summedUp, leftOut: messages.length - summedUp };
}

function splitChunks<T extends ChatMessage>(
  messages: readonly T[],
  tokensMax: number,
): readonly (readonly T[])[] {
  const chunks: T[][] = [];
  let room = 0;
  for (const unit of groupMessages(messages).units) {
    const whole = unit.indices.flatMap((index) => messages[index] ?? []);
    const fitting = unit.tokens > tokensMax ? shrinkTurn(whole, { tokensMax }).messages : whole;
    const tokens = Math.min(unit.tokens, tokensMax);
    const current = chunks[chunks.length - 1];
    if (current === undefined || tokens > room) {
      chunks.push([...fitting]);
      room = tokensMax - tokens;
    } else {
      current.push(...fitting);
      room -= tokens;
    }
  }
  return chunks;
}

/** The beginning of a text within so many bytes. */
function cutBytes(text: string, bytesMax: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesMax) return text;
  return `${bytes
    .subarray(0, bytesMax - 3)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')}…`;
}

import type { DraftView } from '#lib/chat/draft-view.ts';
import type { PageMessage } from '#lib/chat/message-view.ts';

const words = [
  'agent',
  'reads',
  'the',
  'file',
  'and',
  'writes',
  'a',
  'test',
  'that',
  'fails',
  'first',
  'then',
  'mends',
];
const firstMs = Date.UTC(2026, 10, 1);

/** The text of message `seq`, always the same: 20 to 1,000 characters, with lines of code in every seventh. */
export function makeText(seq: number): string {
  const random = Math.abs(Math.imul(seq + 1, 0x9e3779b1)) % 1_000;
  const charactersMin = 20 + random * (seq % 7 === 0 ? 0.4 : 0.98);
  const text: string[] = [`#${seq}`];
  for (let length = 0, at = seq; length < charactersMin; at++) {
    const word = words[(at * 7 + random) % words.length] ?? '';
    text.push(word);
    length += word.length + 1;
  }
  return seq % 7 === 0 ? `${text.join(' ')}\nconst seq = ${seq};\nreturn seq + 1;` : text.join(' ');
}

/** Message `seq` as the API would answer it, made when it is asked for. */
export function makeMessage(seq: number): PageMessage {
  const preview = makeText(seq);
  return {
    seq,
    id: `m-${seq}`,
    ts: new Date(firstMs + seq * 1_000).toISOString(),
    role: seq % 2 === 0 ? 'user' : 'assistant',
    kind: 'text',
    toolName: null,
    toolCallId: null,
    bytes: preview.length,
    tokens: Math.ceil(preview.length / 4),
    tokensEstimated: true,
    preview,
    previewTruncated: false,
    truncated: false,
    redactions: 0,
    cleared: false,
    call: null,
  };
}

/** A message that is being written, as the API would answer it. */
export function makeDraft(text: string): DraftView {
  return {
    id: 'draft',
    ts: new Date(firstMs).toISOString(),
    role: 'assistant',
    kind: 'text',
    toolName: null,
    text,
    truncated: false,
    characters: text.length,
    redactions: 0,
  };
}

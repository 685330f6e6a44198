import { type Fields, fieldsAt, isFields, listAt, textAt } from '../fields.ts';
import type { MakeReader } from '../log-reader.ts';
import { parseLine } from '../parse-line.ts';
import { toName } from '../to-name.ts';
import { noteGeminiMessage } from './gemini-message.ts';

const waitingMax = 64;
const sentMax = 20_000;

/**
 * Gemini CLI's chats: one JSON document, or lines, in which a message may be written again and `$set` brings
 * the messages anew. The last version counts, so a message waits until 64 others have followed or the log
 * pauses. A document is read as one line.
 */
export const geminiReader: MakeReader = (file, sink, saved) => {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.jsonl?$/, '');
  let session = toName((isFields(saved) ? textAt(saved, 'session') : null) ?? name);
  const waiting = new Map<string, Fields>();
  const sent = new Map<string, string>();

  function note(message: Fields): void {
    const id = textAt(message, 'id');
    if (id === null || textAt(message, 'timestamp') === null) {
      sink.skip('without a time');
      return;
    }
    if (!waiting.has(id) && sent.get(id) === versionOf(message)) return;
    waiting.set(id, message);
    if (waiting.size > waitingMax) sendFirst();
  }

  function sendFirst(): void {
    for (const [id, message] of waiting) {
      waiting.delete(id);
      sent.set(id, versionOf(message));
      noteGeminiMessage({ id, message, session, sink });
      break;
    }
    if (sent.size <= sentMax) return;
    for (const oldest of sent.keys()) {
      sent.delete(oldest);
      break;
    }
  }

  function take(fields: Fields): void {
    const set = fieldsAt(fields, '$set');
    session = toName(textAt(fields, 'sessionId') ?? textAt(set, 'sessionId') ?? session);
    for (const message of [...listAt(fields, 'messages'), ...listAt(set, 'messages')]) {
      if (isFields(message)) note(message);
    }
    if (fields['type'] !== undefined) note(fields);
  }

  return {
    line: (text) => parseLine(text, sink, take),
    flush: () => {
      while (waiting.size > 0) sendFirst();
    },
    state: () => ({ session }),
  };
};

/** Tells whether a message was written again with more in it. */
function versionOf(message: Fields): string {
  const { tokens, content } = message;
  const length = typeof content === 'string' ? content.length : listAt(message, 'content').length;
  return `${JSON.stringify(tokens ?? null)}:${length}:${listAt(message, 'toolCalls').length}`;
}

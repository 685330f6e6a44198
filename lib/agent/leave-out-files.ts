import { filePathOf } from './call-input.ts';
import type { ChatMessage, MessageFacts } from './chat-message.ts';
import { mapMessageTexts } from './map-message-texts.ts';
import { mapResultTexts } from './map-result-texts.ts';

const fencedBlock = /```[^\n]*\n([\s\S]*?)```/g;
const fileCharsMin = 1_000;

/**
 * Says of each message how it reads without the file contents of turns that are past: results of tools that
 * read files, and long fenced blocks. The newest `fileTurnsMax` turns keep theirs.
 */
export function fileCutter<T extends ChatMessage>(input: {
  readonly messages: readonly T[];
  readonly facts: readonly MessageFacts[];
  readonly fileTurnsMax: number;
  /** What messages became before, where they never change. */
  readonly known?: WeakMap<ChatMessage, CutMessage> | undefined;
}): { readonly cut: (index: number) => T; readonly leftOut: () => readonly string[] } {
  const keepFrom = startOfTurns(input.facts, input.fileTurnsMax);
  // Arguments are parsed for it: only where a message is cut for the first time.
  let paths: ReadonlyMap<string, string> | undefined;
  const leftOut: string[] = [];
  const cut = (index: number): T => {
    // Callers ask for places in this very history.
    const message = input.messages[index] as T;
    if (index >= keepFrom) return message;
    let made = input.known?.get(message) as CutMessage<T> | undefined;
    if (made === undefined) {
      paths ??= pathsOf(input.facts);
      made = cutFiles(message, paths);
      input.known?.set(message, made);
    }
    leftOut.push(...made.leftOut);
    return made.message;
  };
  return { cut, leftOut: () => leftOut };
}

export type CutMessage<T = ChatMessage> = { readonly message: T; readonly leftOut: readonly string[] };

function pathsOf(facts: readonly MessageFacts[]): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const fact of facts) {
    for (const call of fact.calls) {
      const path = filePathOf(call);
      if (path !== null) paths.set(call.id, path);
    }
  }
  return paths;
}

function cutFiles<T extends ChatMessage>(message: T, paths: ReadonlyMap<string, string>): CutMessage<T> {
  const leftOut: string[] = [];
  const withoutReads = mapResultTexts(message, ({ text, callId }) => {
    const path = paths.get(callId);
    if (path === undefined || text.length < fileCharsMin) return text;
    leftOut.push(path);
    return `[The contents of ${path}, ${text.length} characters, were left out: read it again if needed.]`;
  });
  const cut = mapMessageTexts(withoutReads, (text) =>
    text.replace(fencedBlock, (block, body: string) => {
      if (body.length < fileCharsMin) return block;
      leftOut.push('fenced block');
      return `[${body.split('\n').length} lines were left out.]`;
    }),
  );
  return { message: cut, leftOut };
}

/** Where the newest `turnsMax` turns begin. */
function startOfTurns(facts: readonly MessageFacts[], turnsMax: number): number {
  let left = turnsMax;
  for (let index = facts.length - 1; index >= 0 && left > 0; index--) {
    if (facts[index]?.role !== 'user') continue;
    left--;
    if (left === 0) return index;
  }
  return left > 0 ? 0 : facts.length;
}

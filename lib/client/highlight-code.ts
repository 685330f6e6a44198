import { codeLanguageOf } from './code-languages.ts';
import type { CodeLine } from './colour-code.ts';
import { openColourQueue } from './colour-queue.ts';

const queue = openColourQueue({
  openWorker: () => new Worker(new URL('./colour-worker.ts', import.meta.url), { type: 'module' }),
});

/** Colours code in a worker, one text after another; null for a language that is not known, and when given up. */
export function highlightCode(input: {
  readonly text: string;
  readonly language: string;
  readonly signal: AbortSignal;
}): Promise<readonly CodeLine[] | null> {
  const { text, signal } = input;
  const language = codeLanguageOf(input.language);
  return language === null ? Promise.resolve(null) : queue.colour({ text, language, signal });
}

import type { DraftView } from './draft-view.ts';
import type { Excerpt } from './excerpt-text.ts';

type DraftBounds = { readonly linesMax: number; readonly charactersMax: number };

/** The cut moves in so many steps of the bound, so that what is shown does not wrap anew with each word. */
const stepsPerBound = 4;
const wordCharactersMax = 200;
const fence = /^[ \t]*(?:```+|~~~+)/gm;

/**
 * The end of a text that is being written, within both bounds: the beginning of a short one is all of it, as the
 * message will be shown. Code that the cut has opened is closed off, and none is coloured before it is whole.
 */
export function excerptDraft(draft: Pick<DraftView, 'text' | 'characters'>, bounds: DraftBounds): Excerpt {
  const { text } = draft;
  const skipped = draft.characters - text.length;
  const byLength = stepped(draft.characters - bounds.charactersMax, bounds.charactersMax) - skipped;
  const byLines = startOfLine(text, stepped(countLines(text) - bounds.linesMax, bounds.linesMax));
  const start = wordFrom(text, Math.max(0, byLength, byLines));
  const isCut = start > 0 || skipped > 0;
  const fences = isCut ? (text.slice(0, start).match(fence)?.length ?? 0) : 0;
  const shown = `${fences % 2 === 1 ? '```\n' : ''}${text.slice(start)}`;
  return { text: shown.replace(/^([ \t]*(?:```+|~~~+))[\w+#.-]+[ \t]*$/gm, '$1'), isCut };
}

/** The least multiple of a step that is at least this; 0 where nothing is over. */
function stepped(over: number, bound: number): number {
  const step = Math.floor(bound / stepsPerBound);
  return over <= 0 ? 0 : Math.ceil(over / step) * step;
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let passed = 0; passed < line; passed++) start = text.indexOf('\n', start) + 1;
  return start;
}

/** Behind the next space, where one is near; never within a pair of surrogates. */
function wordFrom(text: string, start: number): number {
  if (start === 0 || text[start - 1] === '\n') return start;
  const space = text.slice(start, start + wordCharactersMax).search(/\s/);
  if (space !== -1) return start + space + 1;
  return /[\udc00-\udfff]/.test(text.charAt(start)) ? start + 1 : start;
}

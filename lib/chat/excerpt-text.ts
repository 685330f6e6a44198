type ExcerptBounds = { readonly linesMax: number; readonly charactersMax: number };

export type Excerpt = { readonly text: string; readonly isCut: boolean };

/**
 * The beginning of a text within both bounds, for reading in passing. A surrogate pair is not split. `isCut`
 * says that there is more.
 */
export function excerptText(text: string, { linesMax, charactersMax }: ExcerptBounds): Excerpt {
  const end = Math.min(charactersMax, endOfLine(text, linesMax));
  if (end >= text.length) return { text, isCut: false };
  const isSplitPair =
    /[\ud800-\udbff]/.test(text.charAt(end - 1)) && /[\udc00-\udfff]/.test(text.charAt(end));
  return { text: text.slice(0, isSplitPair ? end - 1 : end), isCut: true };
}

function endOfLine(text: string, linesMax: number): number {
  let end = -1;
  for (let line = 0; line < linesMax; line += 1) {
    end = text.indexOf('\n', end + 1);
    if (end === -1) return text.length;
  }
  return end;
}

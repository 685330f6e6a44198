/** Signs that open something, which a parser has to match with all others of their kind. */
const signs = /[*_[\]`~<>!(|]/g;
/** Lists and quotes at the beginning of a line, each in the one before it. */
const openers = /^[ \t]*(?:(?:[-+*>]|\d{1,9}[.)])[ \t]*)+/gm;
/** Nesting that people write. */
const usualDepth = 3;

/**
 * About how much work a text is for a Markdown parser: a sign is 1. Each line of a nested list is parsed once for
 * every list that it is in, by its indentation; lists and quotes that open on one line cost the square of their
 * number.
 */
export function weighMarkdown(text: string): number {
  let weight = text.match(signs)?.length ?? 0;
  for (const [opening] of text.matchAll(openers)) {
    const markers = opening.match(/[-+*>]|\d+[.)]/g)?.length ?? 0;
    const indented = opening.length - opening.trimStart().length;
    weight += Math.floor(indented / 2) + Math.max(0, markers - usualDepth) ** 2;
  }
  return weight;
}

const mark = ',"toolUseResult":';
const charsMin = 512;

/**
 * A line without its `toolUseResult`, which repeats the tool's result in another form and is a third of all
 * bytes; null where that is not worth it or not safe. A quote within a text is escaped, so the mark is always a
 * member's name; where it is one of an inner object, what is left is no JSON and the caller parses the whole line.
 */
export function cutToolUseResult(text: string): string | null {
  const at = text.indexOf(mark);
  if (at < 0 || text.length - at < charsMin) return null;
  const head = text.slice(0, at);
  // What follows the result must not be needed.
  return head.includes('"timestamp":"') && head.includes('"uuid":"') ? `${head}}` : null;
}

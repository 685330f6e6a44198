/** The head and the tail of a text with a note of how much is missing between; the text itself when it fits. */
export function cutMiddle(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const kept = Math.max(0, charsMax - 40);
  const head = Math.ceil(kept * 0.7);
  const start = wholeSlice(text, 0, head);
  const end = wholeSlice(text, text.length - (kept - head), text.length);
  return `${start} …(${text.length - start.length - end.length} characters left out)… ${end}`;
}

/** A slice that parts no surrogate pair: a lone half is refused by databases and providers. */
export function wholeSlice(text: string, from: number, to: number): string {
  const first = text.charCodeAt(from);
  const last = text.charCodeAt(to - 1);
  const isLow = first >= 0xdc00 && first <= 0xdfff;
  const isHigh = last >= 0xd800 && last <= 0xdbff;
  return text.slice(isLow ? from + 1 : from, isHigh ? to - 1 : to);
}

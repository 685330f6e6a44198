import { estimateTokenCount } from 'tokenx';

const lower = 1;
const digit = 2;
const space = 3;
const mark = 4;

const kinds = new Uint8Array(128);
for (const code of [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20]) kinds[code] = space;
for (const sign of '.,!?;(){}[]<>:/\\|@#$%^&*+=`~_"-') kinds[sign.charCodeAt(0)] = mark;
for (let code = 0x30; code <= 0x39; code++) kinds[code] = digit;
for (let code = 0x61; code <= 0x7a; code++) kinds[code] = lower;

/**
 * Exactly what tokenx says (a property test holds them together), in one pass over the codes: a fifth of its
 * time. tokenx cuts a text into spaces, marks and words, each of which counts by itself; words with letters
 * beyond ASCII are still its own to count.
 */
export function countTokens(text: string): number {
  let tokens = 0;
  for (let start = 0; start < text.length; ) {
    const kind = kindAt(text, start);
    let end = start;
    if (kind === space) {
      end = endOfKind(text, start, space);
      tokens += tokensOfSpace(text, start, end);
    } else if (kind === mark) {
      end = endOfKind(text, start, mark);
      tokens += end - start <= 3 ? 1 : Math.ceil((end - start) / 6);
    } else {
      const counts = { lower: 0, digit: 0, wide: 0 };
      for (; end < text.length; end++) {
        const code = text.charCodeAt(end);
        const own = code < 0x80 ? kinds[code] : isWideSpace(code) ? space : 0;
        if (own === lower) counts.lower++;
        else if (own === digit) counts.digit++;
        else if (own === space || own === mark) break;
        else if (code >= 0x80) counts.wide++;
      }
      tokens += counts.wide > 0 ? tokensOfWide(text.slice(start, end)) : tokensOfWord(end - start, counts);
    }
    start = end;
  }
  return tokens;
}

function kindAt(text: string, index: number): number | undefined {
  const code = text.charCodeAt(index);
  return code < 0x80 ? kinds[code] : isWideSpace(code) ? space : 0;
}

function endOfKind(text: string, start: number, kind: number): number {
  let end = start + 1;
  while (end < text.length && kindAt(text, end) === kind) end++;
  return end;
}

/** What `\s` matches beyond ASCII. */
export function isWideSpace(code: number): boolean {
  if (code === 0xa0 || code === 0x1680) return true;
  if (code < 0x2000) return false;
  return (
    code <= 0x200a ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** Arrows, dashes, lines of boxes and the like, which a log repeats: tokenx takes 5 microseconds for each. */
const wideWords = new Map<string, number>();
const wideWordsMax = 2_000;
const wideCharsMax = 12;

/** Words that hold letters or signs beyond ASCII. */
function tokensOfWide(word: string): number {
  if (word.length > wideCharsMax) return estimateTokenCount(word);
  const known = wideWords.get(word);
  if (known !== undefined) return known;
  const tokens = estimateTokenCount(word);
  if (wideWords.size >= wideWordsMax) wideWords.clear();
  wideWords.set(word, tokens);
  return tokens;
}

/** Indentation and blank lines count one; so does the end of a line, but not behind a mark. */
function tokensOfSpace(text: string, start: number, end: number): number {
  let feed = start;
  while (feed < end && text.charCodeAt(feed) !== 0x0a) feed++;
  if (feed === end) return 0;
  if (feed < end - 1) return 1;
  return start > 0 && isMark(text.charCodeAt(start - 1)) ? 0 : 1;
}

function isMark(code: number): boolean {
  if (code < 0x80) return kinds[code] === mark;
  return isEastAsianMark(code);
}

function isEastAsianMark(code: number): boolean {
  return (
    (code >= 0x3001 && code <= 0x3003) ||
    (code >= 0x3008 && code <= 0x3011) ||
    (code >= 0x3014 && code <= 0x301f) ||
    code === 0x3030 ||
    code === 0x30fb ||
    (code >= 0xff01 && code <= 0xff0f) ||
    (code >= 0xff1a && code <= 0xff20) ||
    (code >= 0xff3b && code <= 0xff40) ||
    (code >= 0xff5b && code <= 0xff65)
  );
}

function tokensOfWord(length: number, counts: { readonly lower: number; readonly digit: number }): number {
  if (counts.digit === length) return Math.ceil(length / 3);
  if (length <= 3 || (length <= 8 && counts.lower === length)) return 1;
  return Math.ceil(length / 7);
}

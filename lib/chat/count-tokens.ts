import { estimateTokenCount } from 'tokenx';

const other = 0;
const space = 1;
const mark = 2;
const digit = 3;
const lower = 4;

const kinds = new Uint8Array(128);
for (const code of [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20]) kinds[code] = space;
for (const sign of '.,!?;(){}[]<>:/\\|@#$%^&*+=`~_"-') kinds[sign.charCodeAt(0)] = mark;
for (let code = 0x30; code <= 0x39; code++) kinds[code] = digit;
for (let code = 0x61; code <= 0x7a; code++) kinds[code] = lower;

/**
 * Exactly what tokenx says (a property test holds them together), in one pass over the codes: an eighth of its
 * time. tokenx cuts a text into spaces, marks and words, each of which counts by itself; words with letters
 * beyond ASCII are still its own to count.
 */
export function countTokens(text: string): number {
  let tokens = 0;
  for (let start = 0; start < text.length; ) {
    const kind = kindAt(text, start);
    let end = start + 1;
    if (kind === space || kind === mark) {
      while (end < text.length && kindAt(text, end) === kind) end++;
      tokens += kind === space ? tokensOfSpace(text, start, end) : tokensOfMarks(end - start);
    } else {
      end = endOfWord(text, start);
      tokens += tokensOfWord(text, start, end);
    }
    start = end;
  }
  return tokens;
}

function kindAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < 0x80) return kinds[code] ?? other;
  return isWideSpace(code) ? space : other;
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

function endOfWord(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end++) {
    const kind = kindAt(text, end);
    if (kind === space || kind === mark) break;
  }
  return end;
}

/** Indentation and blank lines count one; so does the end of a line, but not behind a mark. */
function tokensOfSpace(text: string, start: number, end: number): number {
  const feed = text.indexOf('\n', start);
  if (feed < 0 || feed >= end) return 0;
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

function tokensOfMarks(length: number): number {
  return length <= 3 ? 1 : Math.ceil(length / 6);
}

function tokensOfWord(text: string, start: number, end: number): number {
  const length = end - start;
  let digits = 0;
  let lowers = 0;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0x80) return estimateTokenCount(text.slice(start, end));
    const kind = kinds[code];
    if (kind === lower) lowers++;
    else if (kind === digit) digits++;
  }
  if (digits === length) return Math.ceil(length / 3);
  if (length <= 3 || (length <= 8 && lowers === length)) return 1;
  return Math.ceil(length / 7);
}

/*
 * C0 controls but tab and line feed, DEL and C1; zero-width space, word joiner and soft hyphen; direction
 * overrides and isolates; the invisible tag letters; the byte order mark. The joiners U+200C and U+200D stay:
 * Persian and emoji need them.
 */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: to find them is what this file is for.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

/**
 * Writes characters that cannot be seen as their number, "⟨U+202E⟩", so that a transcript cannot hide or turn
 * round what it says.
 */
export function revealHiddenCharacters(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(hidden, toCodePoint);
}

function toCodePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

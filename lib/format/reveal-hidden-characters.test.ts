import { describe, expect, it } from 'vitest';
import { revealHiddenCharacters } from './reveal-hidden-characters.ts';

describe('revealHiddenCharacters', () => {
  it.each([
    ['a\u202eb', 'a⟨U+202E⟩b'],
    ['a\u200bb', 'a⟨U+200B⟩b'],
    ['\u0000', '⟨U+0000⟩'],
    ['\u001b[31m', '⟨U+001B⟩[31m'],
    ['\u{e0041}', '⟨U+E0041⟩'],
    ['\ufeffx', '⟨U+FEFF⟩x'],
  ])('shows %j as %j', (text, shown) => {
    expect(revealHiddenCharacters(text)).toBe(shown);
  });

  it.each(['tab\tand\nline', 'Grüße, 你好, שלום', 'می‌خواهم', '👩‍💻'])('leaves %j as it is', (text) => {
    expect(revealHiddenCharacters(text)).toBe(text);
  });

  it('reads the line ends of Windows as line ends', () => {
    expect(revealHiddenCharacters('a\r\nb')).toBe('a\nb');
  });
});

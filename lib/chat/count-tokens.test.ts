import fc from 'fast-check';
import { estimateTokenCount } from 'tokenx';
import { expect, test } from 'vitest';
import { countTokens } from './count-tokens.ts';

const piece = fc.oneof(
  fc.constantFrom(
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\u000b',
    '\u00a0',
    '\u1680',
    '\u2003',
    '\u2028',
    '\u3000',
    '\ufeff',
  ),
  fc.constantFrom(...'.,!?;(){}[]<>:/\\|@#$%^&*+=`~_"-\'§°¿€…–„'),
  fc.constantFrom(
    '、',
    '。',
    '・',
    '！',
    '：',
    '［',
    '｛',
    '〰',
    '〔',
    '漢',
    '字',
    'かな',
    'カ',
    '한글',
    'ﾃ',
  ),
  fc.constantFrom(
    'Straße',
    'café',
    'żółć',
    'слово',
    'λόγος',
    '😀',
    '👩‍👩‍👧',
    '🇩🇪',
    '\ud83d',
    '\ude00',
    '\u0000',
    '\u001c',
  ),
  fc.stringMatching(/^[a-z]{1,12}$/),
  fc.stringMatching(/^[A-Za-z0-9']{1,20}$/),
  fc.stringMatching(/^[0-9]{1,12}$/),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const texts = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

test('it says what tokenx says, of every text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(countTokens(text)).toBe(estimateTokenCount(text));
    }),
    { numRuns: 5_000 },
  );
});

test.each([0, 0x80, 0x2000, 0x3000, 0xfe00, 0xff00])(
  'each sign of the block at %i, in words and alone',
  (from) => {
    for (let code = from; code < from + 0x200; code++) {
      const sign = String.fromCharCode(code);
      for (const text of [
        sign,
        `${sign}\n`,
        `a${sign}b`,
        ` ${sign}1`,
        `漢${sign}\n`,
        `abcdefgh${sign}${sign}`,
      ]) {
        expect([code, countTokens(text)]).toEqual([code, estimateTokenCount(text)]);
      }
    }
  },
);

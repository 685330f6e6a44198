import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#lib/errors.ts';
import { parseJson } from './parse-json.ts';
import { parseJsonLines } from './parse-json-lines.ts';

function refusal(bytes: string | Uint8Array): AppError | null {
  try {
    parseJson(Buffer.from(bytes));
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

describe('JSON is read as JSON.parse reads it', () => {
  test('for any value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        expect(JSON.stringify(parseJson(Buffer.from(text)))).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['a colon and brackets in a string', '{"a:[{":"\\":[{,\\\\"}'],
    ['an empty name', '{"":1}'],
    ['__proto__ as a plain member', '{"__proto__":{"x":1},"constructor":2}'],
    ['white space of every kind', ' \t\r\n{ "a" : [ 1 , 2 ] } \n'],
    ['a lone surrogate written as an escape', '["\\ud800","\\u0000"]'],
    ['32 levels', `${'['.repeat(32)}${']'.repeat(32)}`],
    ['many levels one after the other', `[${'[[]],'.repeat(1_000)}1]`],
  ])('with %s', (_, text) => {
    expect(JSON.stringify(parseJson(Buffer.from(text)))).toBe(JSON.stringify(JSON.parse(text)));
  });

  test('one byte order mark is skipped, a second one is not', () => {
    expect(parseJson(Buffer.from('\ufeff[1]'))).toEqual([1]);
    expect(refusal('\ufeff\ufeff[1]')?.code).toBe('invalid_json');
  });
});

describe('a refusal says where', () => {
  test.each([
    ['', 'Line 1, column 1: expected a JSON value, found the end.'],
    ['{"a":1,}', 'Line 1, column 8: expected a member name in double quotes, found "}".'],
    ['[1,\n 2\n 3]', `Line 3, column 2: expected ',' or ']', found "3".`],
    ["{'a':1}", `Line 1, column 2: expected a member name in double quotes, found "'".`],
    ['{"a" 1}', `Line 1, column 6: expected ':', found "1".`],
    ['[NaN]', 'Line 1, column 2: expected a JSON value, found "N".'],
    ['[01]', `Line 1, column 3: expected ',' or ']', found "1".`],
    ['[1.]', `Line 1, column 3: expected ',' or ']', found ".".`],
    ['[+1]', 'Line 1, column 2: expected a JSON value, found "+".'],
    ['["a\nb"]', 'Line 1, column 4: expected an escape for a control character in a string, found "\\n".'],
    ['["\\x41"]', 'Line 1, column 3: expected a valid escape in a string, found "\\\\".'],
    ['["\\u12g4"]', 'Line 1, column 3: expected a valid escape in a string, found "\\\\".'],
    ['["abc', 'Line 1, column 6: expected the end of a string, found the end.'],
    ['[1]]', /nothing after the JSON value .* found "\]"/],
    ['{"a":1}\n{"a":2}', /Line 2, column 1: .*one event a line is application\/x-ndjson/],
  ])('%j', (text, message) => {
    expect(refusal(text)?.code).toBe('invalid_json');
    expect(refusal(text)?.message).toMatch(message);
  });

  test.each([
    ['{"a":1,"a":2}', 'Line 1, column 8: "a" is there twice in one object.'],
    ['{"a":1,"\\u0061":2}', 'Line 1, column 8: "a" is there twice in one object.'],
    ['[{"a":{}},\n {"x":{"b":1,"c":2,"b":{}}}]', 'Line 2, column 20: "b" is there twice in one object.'],
    ['{"__proto__":1,"__proto__":2}', /"__proto__" is there twice/],
  ])('%j names a member twice', (text, message) => {
    expect(refusal(text)?.code).toBe('duplicate_key');
    expect(refusal(text)?.message).toMatch(message);
  });

  test('a long name is shown short', () => {
    const name = 'x'.repeat(1_000_000);
    expect(refusal(`{"${name}":1,"${name}":2}`)?.message.length).toBeLessThan(200);
  });

  test('every text that JSON.parse refuses is refused, and of the others only a member named twice', () => {
    const texts = fc.oneof(
      fc.json().chain((text) =>
        fc.tuple(fc.nat(text.length), fc.nat(3), fc.string({ unit: 'grapheme-ascii', maxLength: 2 })).map(
          // A cut and a graft make texts that are nearly JSON.
          ([start, length, graft]) => text.slice(0, start) + graft + text.slice(start + length),
        ),
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        const code = refusal(text)?.code ?? 'none';
        expect(
          isJson ? ['none', 'duplicate_key'] : ['invalid_json', 'duplicate_key', 'invalid_utf8'],
        ).toContain(code);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('structure is bounded before it is parsed', () => {
  test.each([
    ['33 levels', `${'['.repeat(33)}${']'.repeat(33)}`, 'too_deep'],
    ['33 levels of objects', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, 'too_deep'],
    ['five million levels', '['.repeat(5_000_000), 'too_deep'],
    ['levels behind closers that open nothing', `${']'.repeat(100)}${'['.repeat(33)}`, 'too_deep'],
    ['half a million commas', `[${'1,'.repeat(500_000)}1]`, 'too_complex'],
    ['a quarter of a million empty lists', `[${'[],'.repeat(250_000)}[]]`, 'too_complex'],
  ])('%s', (_, text, code) => {
    expect(refusal(text)?.code).toBe(code);
  });

  test('brackets in strings do not count', () => {
    expect(refusal(JSON.stringify('[{,:'.repeat(500_000)))).toBeNull();
  });
});

describe('bytes that are not UTF-8 are refused, and near which one is said', () => {
  test.each([
    ['a lone continuation byte', [0x80], 3],
    ['a cut sequence', [0xe2, 0x82], 3],
    ['an overlong slash', [0xc0, 0xaf], 3],
    ['an overlong NUL', [0xe0, 0x80, 0x80], 3],
    ['a surrogate', [0xed, 0xa0, 0x80], 3],
    ['past U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 3],
    ['a byte that never occurs', [0xff], 3],
  ])('%s', (_, wrong, offset) => {
    const error = refusal(Buffer.from([0x22, 0xc3, 0xa9, ...wrong, 0x22]));
    expect(error?.code).toBe('invalid_utf8');
    expect(Math.abs(Number(error?.details['offset']) - offset)).toBeLessThanOrEqual(3);
  });

  test('the replacement character itself is a character like any other', () => {
    expect(parseJson(Buffer.from('"\ufffd"'))).toBe('\ufffd');
  });
});

describe('lines of JSON', () => {
  const read = (text: string, linesMax?: number) =>
    parseJsonLines(Buffer.from(text), linesMax === undefined ? {} : { linesMax }).map((line) =>
      'value' in line ? [line.line, line.value] : [line.line, line.error.code],
    );

  test.each<readonly [string, string, readonly unknown[]]>([
    [
      'LF',
      '1\n2\n',
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [
      'CR LF',
      '1\r\n2\r\n',
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [
      'no newline at the end',
      '1\n2',
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [
      'blank lines',
      '\n \t\n1\n\r\n\n2\n\n',
      [
        [3, 1],
        [6, 2],
      ],
    ],
    [
      'a byte order mark',
      '\ufeff1\n2',
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [
      'a bad line among good ones',
      '1\n{"a":\n3',
      [
        [1, 1],
        [2, 'invalid_json'],
        [3, 3],
      ],
    ],
    [
      'a member twice',
      '{"a":1,"a":2}\n3',
      [
        [1, 'duplicate_key'],
        [2, 3],
      ],
    ],
    [
      'a deep line',
      `${'['.repeat(33)}\n3`,
      [
        [1, 'too_deep'],
        [2, 3],
      ],
    ],
    ['a lone CR, which is white space', '1\r2', [[1, 'invalid_json']]],
    ['nothing', '', []],
    ['only blank lines', '\n\r\n  \n', []],
  ])('with %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('a refusal names the line of the body', () => {
    const [, bad] = parseJsonLines(Buffer.from('1\n\n[1,]\n'));
    expect(bad !== undefined && 'error' in bad ? bad.error.message : '').toMatch(/^Line 3, column 4: /);
  });

  test('a line that is not UTF-8 spoils only itself', () => {
    const bytes = Buffer.concat([Buffer.from('1\n"'), Buffer.from([0xff]), Buffer.from('"\n3')]);
    const lines = parseJsonLines(bytes).map((line) => ('value' in line ? line.value : line.error.code));
    expect(lines).toEqual([1, 'invalid_utf8', 3]);
  });

  test('more lines than asked for are refused before any is parsed; blank ones are free', () => {
    expect(read('1\n\n2', 2)).toHaveLength(2);
    expect(() => read('{\n{\n{', 2)).toThrow(AppError);
    expect(() => read('1\n'.repeat(1_001))).toThrow('at most 1000 lines');
  });

  test('all lines together spend one allowance of structure', () => {
    const line = `[${'1,'.repeat(99_998)}1]\n`;
    expect(read(line.repeat(7)).map(([, value]) => typeof value)).toEqual([
      ...Array.from({ length: 5 }, () => 'object'),
      'string',
      'string',
    ]);
  });
});

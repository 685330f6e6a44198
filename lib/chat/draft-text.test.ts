import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftCharactersMax, toDraftText } from './draft-text.ts';
import { letters, secretSamples } from './testing/secret-samples.ts';

const shown = (text: string) => toDraftText(text, { redact: true }).text;

/** How much of a sample everybody knows: the name of its kind, and what stands before it. */
function knownCharacters(rule: string, sample: string): number {
  if (rule === 'private-key') return sample.indexOf('-----', 11) + 5;
  if (rule === 'url-password') return sample.lastIndexOf(':', sample.indexOf('@')) + 1;
  if (rule === 'slack-webhook') return 'https://'.length;
  const name =
    /^.*(?:bearer |basic |key = |Key\\": \\")|^(?:github_|plim_|glpat-|\d+:|[A-Za-z]{0,4}[^A-Za-z0-9]*)/i;
  return name.exec(sample)?.[0].length ?? 0;
}

describe('a secret that is written character by character', () => {
  for (const before of ['the key is ', '{"env":"A=1\\n', 'KEY="', '这是密钥，', '**']) {
    test.each(secretSamples)(`is at no step shown behind ${before} (%s)`, (rule, sample) => {
      const known = knownCharacters(rule, sample);
      for (const after of [' and more', '\nmore', '", "x": 1}']) {
        const whole = `${before}${sample}${after}`;
        const steps = Array.from({ length: whole.length }, (_, end) => shown(whole.slice(0, end + 1)));
        const leaks = steps.filter(
          (text) => !text.includes('[redacted:') && text.length > before.length + known,
        );
        expect(leaks).toEqual([]);
        expect(shown(`${whole} end `)).toContain(`[redacted:${rule}]`);
      }
    });
  }

  test('a short last line of a private key is not shown before its end is known', () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${letters(64)}\nQ7xZ==\n-----END PRIVATE KEY-----`;
    for (let end = 0; end <= key.length; end++)
      expect(shown(`see ${key.slice(0, end)}`)).not.toContain('Q7x');
    expect(shown(`see ${key}\n`)).toBe('see [redacted:private-key]\n');
  });

  test('a heading that is no key does not hold back what follows', () => {
    const text = 'A file begins with -----BEGIN PRIVATE KEY----- and then come lines.';
    expect(shown(text)).toBe(text);
  });
});

test.each(['Hello', 'It costs 42', 'So it is done.', 'Is it?', 'a, b', '他说：你好', 'first line\n', ''])(
  'words at the end are shown at once: %s',
  (text) => expect(shown(text)).toBe(text),
);

test('what is shown only grows word by word, and is in the end what the message will show', () => {
  const text = 'The gateway at 10.0.0.7 has three channels, see docs/agent.md for the rest of it.';
  for (let end = 0; end <= text.length; end++) {
    const now = shown(text.slice(0, end));
    expect(text.startsWith(now)).toBe(true);
    expect(end - now.length).toBeLessThan(20);
  }
  expect(shown(text)).toBe(text);
});

test('without redaction nothing is held back', () => {
  const text = `sk-ant-api03-${letters(20)}`;
  expect(toDraftText(text, { redact: false })).toMatchObject({ text, redactions: 0 });
});

test('of a long text the end is kept with a mark, and how long it is', () => {
  const text = 'word '.repeat(100_000);
  const draft = toDraftText(text, { redact: true });
  expect(draft).toMatchObject({ truncated: true, characters: 500_000 });
  expect(draft.text).toBe(`…${text.slice(-draftCharactersMax)}`);
});

test('U+0000 and half characters do not stop it, and a pair that was cut is waited for', () => {
  expect(shown('a\u0000b \ud800 c ')).toBe('a\u2400b \ufffd c ');
  expect(shown('so \u{1f600}'.slice(0, -1))).toBe('so ');
  expect(shown('so \u{1f600}')).toBe('so \u{1f600}');
});

test('parts are read as words', () => {
  const parts = [
    { type: 'thinking', thinking: 'hm' },
    { type: 'image', data: 'x' },
  ];
  expect(toDraftText(parts, { redact: true }).text).toBe('hm\n[image, 27 bytes]');
});

test('any text takes little time, and what is answered can be stored', () => {
  const hostile = ['A'.repeat(300_000), '://:'.repeat(60_000), '-----BEGIN PRIVATE KEY-----\n'.repeat(9_000)];
  for (const text of [...hostile, ...hostile.map((one) => `${one} `)]) {
    const startMs = performance.now();
    shown(text);
    expect(performance.now() - startMs).toBeLessThan(200);
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const now = shown(text);
      expect(now.isWellFormed() && !now.includes('\u0000')).toBe(true);
    }),
  );
});

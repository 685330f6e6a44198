import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventKey, hashKey, isKey } from './event-key.ts';

test('a canonical UUID of versions 1 to 7 is its own key', () => {
  const id = '01932a5e-7b7c-7c3e-9d3a-0123456789ab';
  expect(eventKey(id)).toBe(id);
});

test.each([
  ['upper case', '01932A5E-7B7C-7C3E-9D3A-0123456789AB'],
  ['version 8', '01932a5e-7b7c-8c3e-9d3a-0123456789ab'],
  ['plain text', 'msg_01AbC'],
  ['text of 36 characters', 'x'.repeat(36)],
])('%s is hashed to a version-8 key', (_, id) => {
  expect(isKey(id)).toBe(false);
  expect(eventKey(id)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('different ids have different keys, and a hashed key sent as an id is not taken for its origin', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
      expect(eventKey(a) === eventKey(b)).toBe(a === b);
      expect(eventKey(eventKey(a)) === eventKey(a)).toBe(isKey(a));
    }),
  );
});

test('a key is the SHA-256 of the text in UTF-8, whichever way this Node computes it', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '\ud83d', 'a\udc00b', 'ä'.repeat(70_000)),
  );
  fc.assert(
    fc.property(text, (plain) => {
      const hex = createHash('sha256').update(plain, 'utf8').digest('hex');
      const key = hashKey(plain).replaceAll('-', '');
      expect([key.slice(0, 12), key.slice(13, 16), key.slice(17)]).toEqual([
        hex.slice(0, 12),
        hex.slice(13, 16),
        hex.slice(17, 32),
      ]);
    }),
  );
});

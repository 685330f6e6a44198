import { describe, expect, test } from 'vitest';
import { redactContent, redactSecrets } from './redact-secrets.ts';
import { secretRules } from './secret-rules.ts';
import { letters, secretSamples as samples } from './testing/secret-samples.ts';

test.each(samples)('a %s is taken out and named', (rule, secret) => {
  const { text, rules } = redactSecrets(`before ${secret} after`);
  expect(rules).toEqual({ [rule]: 1 });
  expect(text).toContain(`[redacted:${rule}]`);
  expect(text.startsWith('before ')).toBe(true);
  expect(text.endsWith(' after')).toBe(true);
  expect(text).not.toContain(secret);
});

test('every rule is looked for, and what its pattern matches has its head', () => {
  expect(new Set(secretRules.map(({ head }) => head.flags))).toEqual(new Set(['', 'i']));
  for (const { name, head, pattern } of secretRules) {
    const own = samples.filter(([rule]) => rule === name).map(([, text]) => text);
    expect([name, own.length > 0]).toEqual([name, true]);
    for (const text of own) {
      expect(text.match(pattern)?.every((match) => head.test(match))).toBe(true);
      if (!pattern.flags.includes('i')) continue;
      expect(
        redactSecrets(text.replace(/authorization|secret\w*key/i, (word) => word.toUpperCase())).count,
      ).toBe(1);
    }
  }
});

test.each([
  String.raw`{"env":"A=1\nsk-ant-api03-`,
  String.raw`\tsk-ant-api03-`,
  'KEY=sk-ant-api03-',
  '"sk-ant-api03-',
])('a key is found behind %s', (start) => {
  expect(redactSecrets(`${start}${letters(90)}`).count).toBe(1);
});

test.each(['Bearer', 'Basic'])('%s credentials are found behind an escaped line end', (scheme) => {
  const header = String.raw`{"headers":"accept: */*\nauthorization: ${scheme} `;
  expect(redactSecrets(`${header}${letters(24)}`).count).toBe(1);
  expect(redactSecrets(`my_authorization: ${scheme} ${letters(24)}`).count).toBe(0);
});

test('what was redacted is not redacted again', () => {
  for (const [, secret] of samples) {
    const once = redactSecrets(secret).text;
    expect(redactSecrets(once)).toEqual({ text: once, count: 0, rules: {} });
  }
});

test('every rule has a sample', () => {
  expect(new Set(samples.map(([rule]) => rule))).toEqual(new Set(secretRules.map(({ name }) => name)));
});

test.each([
  ['a UUID', '01932a5e-7b7c-7c3e-9d3a-0123456789ab'],
  ['a commit', 'e06a4cf0b1d2c3e4f5a6b7c8d9e0f1a2b3c4d5e6'],
  ['a SHA-256', '0123456789abcdef'.repeat(4)],
  ['base64 of an image', `data:image/png;base64,iVBORw0KGgo${letters(200)}==`],
  ['a word with sk-', 'task-force and risk-averse people'],
  ['an address with a port', 'http://localhost:3000/path@version'],
  ['a placeholder', 'export OPENAI_API_KEY=sk-your-key-here'],
  ['a private key that is only spoken of', 'it starts with -----BEGIN PRIVATE KEY----- and goes on'],
  ['an address of a person', 'see https://example.com/@name and mailto:a@b.c'],
  ['a mention of bearer', 'the bearer of this letter'],
])('%s survives', (_, text) => {
  expect(redactSecrets(text)).toEqual({ text, count: 0, rules: {} });
});

test('what stands around a secret is kept, also the user and host of an address', () => {
  expect(redactSecrets('postgres://admin:hunter22@db.internal/app').text).toBe(
    'postgres://admin:[redacted:url-password]@db.internal/app',
  );
});

test('all texts of all parts are searched, and parts without a secret are not copied', () => {
  const clean = [{ type: 'text', text: 'hello' }];
  expect(redactContent(clean).content).toBe(clean);
  const dirty = [{ type: 'tool_result', content: [{ type: 'text', text: `key ghp_${letters(36)}` }] }];
  expect(redactContent(dirty)).toEqual({
    count: 1,
    content: [{ type: 'tool_result', content: [{ type: 'text', text: 'key [redacted:github-token]' }] }],
  });
});

describe('a megabyte of hostile text takes little time', () => {
  const pieces = [
    'a',
    'sk-',
    'eyJa',
    '-----BEGIN PRIVATE KEY-----',
    'http://a:',
    '-----BEGIN PRIVATE KEY-----aaaaaaaaaaaaaaaaaaaa',
    '-----BEGIN PRIVATE KEY-----\\n',
    '-----BEGIN PRIVATE KEY-----aaaaaaaaaaaaaaaa\n\n\n\n\n\n\n\n\n\n',
    '-----BEGIN PRIVATE KEY-----a: b\n',
    '-----BEGIN PRIVATE KEY-----aaaaaaaaaaaaaaaa ',
    'authorization:basic ',
    '\\nsk-',
    'eyJaaaaaaaaaaa.',
    '12345678:',
    '://a:aaa',
    'authorization: bearer ',
    'AKIA',
    'xox',
    '://',
    'SG.a',
    ' ',
    'sk-ant-',
    'aws_secret_key=',
  ];
  test.each(pieces)('%s', (piece) => {
    const text = piece.repeat(Math.ceil(1_048_576 / piece.length));
    // CPU time of this process, because others may use the machine meanwhile.
    const started = process.cpuUsage();
    redactSecrets(text);
    expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
  });
});

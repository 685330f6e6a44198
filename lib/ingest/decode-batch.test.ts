import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#lib/errors.ts';
import { decodeBatch } from './decode-batch.ts';

const nowMs = Date.UTC(2026, 10, 21, 7);
const usage = {
  type: 'usage',
  id: 'call-1',
  ts: '2026-11-21T06:47:00Z',
  agent: 'coder',
  session: 's-1',
  source: 'direct',
  provider: 'anthropic',
  model: 'claude-sonnet-4-5',
  inputTokens: 1_000,
  outputTokens: 200,
};
const message = {
  type: 'message',
  id: 'm-1',
  ts: '2026-11-21T06:47:00Z',
  agent: 'coder',
  session: 's-1',
  role: 'user',
  content: 'hello',
};
const operation = {
  type: 'operation',
  id: 'o-1',
  ts: '2026-11-21T06:47:00Z',
  agent: 'coder',
  name: 'read_file',
  kind: 'tool',
  durationMs: 12.6,
};
const heartbeat = {
  type: 'heartbeat',
  id: 'h-1',
  ts: '2026-11-21T06:47:00Z',
  agent: 'coder',
  gauges: { queue: 3 },
};

function decode(body: unknown, contentType = 'application/json') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return decodeBatch({ bytes: Buffer.from(text, 'utf8'), contentType, nowMs }).items;
}

function decodeOne(event: unknown) {
  const [item] = decode([event]);
  if (item === undefined) throw new Error('no item');
  return item;
}

function errorOf(event: unknown) {
  const item = decodeOne(event);
  return 'error' in item ? item.error : null;
}

function codeOf(body: string | Buffer, contentType: string | null = 'application/json'): string {
  try {
    decodeBatch({ bytes: Buffer.from(body), contentType, nowMs });
    return 'accepted';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe('a body', () => {
  test.each([
    ['an envelope', JSON.stringify({ events: [usage, message] }), 2],
    ['a list', JSON.stringify([usage, message, operation, heartbeat]), 4],
    ['one event', JSON.stringify(usage), 1],
    ['one event after a byte order mark', `\ufeff${JSON.stringify(usage)}`, 1],
  ])('may be %s', (_, body, count) => {
    const items = decode(body);
    expect(items).toHaveLength(count);
    expect(items.every((item) => 'event' in item)).toBe(true);
  });

  test('may be lines, each judged alone', () => {
    const lines = `${JSON.stringify(usage)}\r\n\n{"broken\n${JSON.stringify(message)}`;
    const items = decode(lines, 'application/x-ndjson; charset=utf-8');
    expect(items.map((item) => ('event' in item ? item.event.type : item.error.code))).toEqual([
      'usage',
      'bad_json',
      'message',
    ]);
  });

  test.each([
    ['nothing', '', 'invalid_json'],
    ['an empty list', '[]', 'empty_batch'],
    ['an empty envelope', '{"events":[]}', 'empty_batch'],
    ['events that are no list', '{"events":{}}', 'bad_request'],
    ['a stranger beside events', '{"events":[],"x":1}', 'bad_request'],
    ['a bare text', '"usage"', 'bad_request'],
    ['null', 'null', 'bad_request'],
    ['a trailing comma', '[1,]', 'invalid_json'],
    ['NaN', '[NaN]', 'invalid_json'],
    ['two documents', '{}{}', 'invalid_json'],
    ['33 levels', `${'['.repeat(33)}${']'.repeat(33)}`, 'too_deep'],
    ['five million levels', '['.repeat(5_000_000), 'too_deep'],
    ['a million empty lists', `[${'[],'.repeat(1_000_000)}[]]`, 'too_complex'],
    ['a key named twice', '{"events":[{"id":"a","id":"b"}]}', 'duplicate_key'],
    ['1,001 events', JSON.stringify(Array.from({ length: 1_001 }, () => 1)), 'too_many_events'],
  ])('of %s is refused', (_, body, code) => {
    expect(codeOf(body)).toBe(code);
  });

  test.each([
    ['a lone continuation byte', [0x22, 0x80, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00]],
  ])('with %s is refused', (_, bytes) => {
    expect(codeOf(Buffer.from(bytes))).toBe('invalid_utf8');
  });

  test.each([
    null,
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
    'application/jsonx',
  ])('sent as %s is refused with what to send', (contentType) => {
    expect(codeOf('[]', contentType)).toBe('unsupported_media_type');
  });
});

describe('tokens become disjoint', () => {
  test.each([
    [
      'input includes the cache by default',
      { cacheReadTokens: 300, cacheWriteTokens: 100 },
      [600, 300, 100, 0],
    ],
    ['unless it is said not to', { cacheReadTokens: 300, inputIncludesCache: false }, [1_000, 300, 0, 0]],
    ['writes by lifetime', { cacheWriteTokens: { '5m': 10, '1h': 20 } }, [970, 0, 10, 20]],
    ['all of it cached', { cacheReadTokens: 1_000 }, [0, 1_000, 0, 0]],
  ])('%s', (_, fields, expected) => {
    const item = decodeOne({ ...usage, ...fields });
    if (!('event' in item) || item.event.type !== 'usage') throw new Error('refused');
    const { inputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens } = item.event;
    expect([inputTokens, cacheReadTokens, cacheWrite5mTokens, cacheWrite1hTokens]).toEqual(expected);
  });

  test('more cache than input is refused with the numbers', () => {
    const error = errorOf({ ...usage, cacheReadTokens: 1_001 });
    expect(error?.code).toBe('tokens_inconsistent');
    expect(error?.message).toContain('1001');
  });

  test('more reasoning than output is refused', () => {
    expect(errorOf({ ...usage, reasoningTokens: 201 })).toMatchObject({
      code: 'tokens_inconsistent',
      field: 'reasoningTokens',
    });
  });
});

describe('a refusal says which field, what was expected and what came', () => {
  test.each<readonly [string, unknown, string, string | null]>([
    ['a missing field', { ...usage, model: undefined }, 'missing_field', 'model'],
    ['a mistyped field', { ...usage, inputToken: 5 }, 'unknown_field', 'inputToken'],
    ['text for a number', { ...usage, inputTokens: '5' }, 'wrong_type', 'inputTokens'],
    ['a negative count', { ...usage, inputTokens: -1 }, 'out_of_range', 'inputTokens'],
    ['half a token', { ...usage, inputTokens: 0.5 }, 'wrong_type', 'inputTokens'],
    ['a count past 2^53-1', { ...usage, inputTokens: 2 ** 53 }, 'out_of_range', 'inputTokens'],
    ['a day that does not exist', { ...usage, ts: '2026-02-30T00:00:00Z' }, 'bad_format', 'ts'],
    ['a time without offset', { ...usage, ts: '2026-11-21T06:47:00' }, 'bad_format', 'ts'],
    ['a clock that was never set', { ...usage, ts: '1970-01-01T00:00:00Z' }, 'ts_out_of_range', 'ts'],
    ['the day after tomorrow', { ...usage, ts: '2026-11-23T07:00:00Z' }, 'ts_out_of_range', 'ts'],
    ['an unknown source', { ...usage, source: 'robot' }, 'bad_value', 'source'],
    ['a cost with 13 decimals', { ...usage, costUsd: '0.1234567890123' }, 'out_of_range', 'costUsd'],
    ['a cost that is no amount', { ...usage, costUsd: 'abc' }, 'bad_format', 'costUsd'],
    ['a cost with an exponent as text', { ...usage, costUsd: '1e-7' }, 'bad_format', 'costUsd'],
    ['a negative cost', { ...usage, costUsd: '-1' }, 'out_of_range', 'costUsd'],
    ['a cost over a million', { ...usage, costUsd: 1_000_001 }, 'out_of_range', 'costUsd'],
    ['an id with U+0000', { ...usage, id: 'a\u0000' }, 'bad_text', 'id'],
    ['an id of 201 bytes', { ...usage, id: 'x'.repeat(201) }, 'bad_text', 'id'],
    ['an empty agent', { ...usage, agent: '' }, 'bad_text', 'agent'],
    [
      'an unknown lifetime',
      { ...usage, cacheWriteTokens: { '2h': 1 } },
      'unknown_field',
      'cacheWriteTokens.2h',
    ],
    ['text for cache writes', { ...usage, cacheWriteTokens: 'x' }, 'wrong_type', 'cacheWriteTokens'],
    ['a huge number in attributes', { ...usage, attributes: { n: 2 ** 60 } }, 'bad_value', 'attributes'],
    ['an unknown type', { ...usage, type: 'metric' }, 'unknown_type', 'type'],
    ['no type', { id: 'a' }, 'missing_field', 'type'],
    ['no object', 7, 'wrong_type', null],
    ['a message without a session', { ...message, session: undefined }, 'missing_field', 'session'],
    ['content that is a number', { ...message, content: 7 }, 'wrong_type', 'content'],
    ['a part without a type', { ...message, content: [{ text: 'x' }] }, 'wrong_type', 'content.0'],
    [
      '1,001 parts',
      { ...message, content: Array.from({ length: 1_001 }, () => ({ type: 'text' })) },
      'too_long',
      'content',
    ],
    ['an operation without duration', { ...operation, durationMs: undefined }, 'missing_field', 'durationMs'],
    ['an operation of 25 days', { ...operation, durationMs: 25 * 86_400_000 }, 'out_of_range', 'durationMs'],
    ['a gauge that is text', { ...heartbeat, gauges: { a: 'x' } }, 'wrong_type', 'gauges'],
  ])('%s', (_, event, code, field) => {
    const error = errorOf(event);
    expect(error).toMatchObject({ code, field });
    expect(error?.message).toContain('Item 0');
  });

  test.each([
    ['inputToken', 'inputTokens'],
    ['input_tokens', 'inputTokens'],
    ['InputTokens', 'inputTokens'],
    ['prompt_tokens', 'inputTokens'],
    ['completionTokens', 'outputTokens'],
    ['timestamp', 'ts'],
    ['session_id', 'session'],
    ['cache_creation_input_tokens', 'cacheWriteTokens'],
    ['statsu_', null],
    ['it', null],
  ])('%s is taken for %s, also when the right one is missing', (key, meant) => {
    const { inputTokens: _, outputTokens: __, ts: ___, ...rest } = usage;
    for (const event of [usage, rest]) {
      const error = errorOf({ ...event, [key]: 5 });
      expect(error).toMatchObject({ code: 'unknown_field', field: key });
      if (meant === null) expect(error?.message).not.toContain('did you mean');
      else expect(error?.message).toContain(`did you mean \`${meant}\``);
    }
  });

  test('a megabyte of a name is not sent back', () => {
    const error = errorOf({ ...usage, ['x'.repeat(1_000_000)]: 5 });
    expect(error?.code).toBe('unknown_field');
    expect(JSON.stringify(error).length).toBeLessThan(400);
  });

  test('a shown value is short and printable', () => {
    const error = errorOf({ ...usage, source: `\u001b[31m\u202e\u200b\u2028${'x'.repeat(500)}` });
    expect(error?.message.length).toBeLessThan(250);
    expect(error?.message).not.toMatch(/[\p{C}\p{Zl}]/u);
  });
});

describe('messages', () => {
  test('keep U+0000, lone surrogates and every part as they came', () => {
    const body = `[{"type":"message","id":"m","ts":"2026-11-21T06:47:00Z","agent":"a","session":"s","role":"user","content":[{"type":"text","text":"\\u0000 \\ud800","__proto__":{"x":1}}]}]`;
    const [item] = decode(body);
    if (item === undefined || !('event' in item) || item.event.type !== 'message') throw new Error('refused');
    const [part] = item.event.content;
    expect(JSON.stringify(part)).toBe('{"type":"text","text":"\\u0000 \\ud800","__proto__":{"x":1}}');
  });

  test.each(['1e400', '-1e400', '9007199254740993', '[{"deep":1e309}]'])(
    'with %s in a part are refused, because it would read back as something else',
    (number) => {
      const content = `[{"type":"text"},{"type":"tool_use","input":${number}}]`;
      const [item] = decode(`[${JSON.stringify(message).replace('"hello"', content)}]`);
      expect(item).toMatchObject({ error: { code: 'out_of_range', field: 'content.1' } });
    },
  );

  test('a developer is the system, and a tool speaks results', () => {
    expect(decodeOne({ ...message, role: 'developer' })).toMatchObject({
      event: { role: 'system', kind: 'text' },
    });
    expect(decodeOne({ ...message, role: 'tool' })).toMatchObject({ event: { kind: 'tool_result' } });
  });
});

test('money sent as text is exact, and as a number rounded to a pico-dollar', () => {
  expect(decodeOne({ ...usage, costUsd: '0.000000000001' })).toMatchObject({
    event: { reportedCostPicoUsd: 1n },
  });
  expect(decodeOne({ ...usage, costUsd: 0.1 + 0.2 })).toMatchObject({
    event: { reportedCostPicoUsd: 300_000_000_000n },
  });
});

test('attributes have one form, whatever the order of their keys', () => {
  const one = decodeOne({ ...usage, attributes: { b: 1, a: { d: [1, { z: 1, y: 2 }], c: 1 } } });
  const two = decodeOne({ ...usage, attributes: { a: { c: 1, d: [1, { y: 2, z: 1 }] }, b: 1 } });
  expect(one).toEqual(two);
});

test('no text at all makes it throw anything but a refusal', () => {
  const anyText = fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(anyText, fc.constantFrom('application/json', 'application/x-ndjson'), (text, contentType) => {
      expect(typeof codeOf(text, contentType)).toBe('string');
    }),
    { numRuns: 500 },
  );
});

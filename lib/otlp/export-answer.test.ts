import { describe, expect, test } from 'vitest';
import { exportAnswer, statusAnswer } from './export-answer.ts';

const partial = { rejected: 2, message: 'no id' };

describe('an answer in JSON', () => {
  test('is an empty object when everything was taken', () => {
    const { contentType, body } = exportAnswer('json', { signal: 'traces', partial: null });
    expect([contentType, Buffer.from(body).toString()]).toEqual(['application/json', '{}']);
  });

  test.each([
    ['traces', 'rejectedSpans'],
    ['logs', 'rejectedLogRecords'],
    ['metrics', 'rejectedDataPoints'],
  ] as const)('of %s counts %s, as text because it is an int64', (signal, name) => {
    const { body } = exportAnswer('json', { signal, partial });
    expect(JSON.parse(Buffer.from(body).toString())).toEqual({
      partialSuccess: { [name]: '2', errorMessage: 'no id' },
    });
  });
});

describe('an answer in protobuf', () => {
  test('is empty when everything was taken', () => {
    const { contentType, body } = exportAnswer('protobuf', { signal: 'logs', partial: null });
    expect([contentType, body.byteLength]).toEqual(['application/x-protobuf', 0]);
  });

  test('has partial_success = 1 with rejected = 1 and error_message = 2', () => {
    const { body } = exportAnswer('protobuf', { signal: 'traces', partial });
    expect(Buffer.from(body).toString('hex')).toBe(
      `0a09${'0802'}${'1205'}${Buffer.from('no id').toString('hex')}`,
    );
  });
});

test.each([
  [400, 3],
  [401, 16],
  [403, 7],
  [413, 8],
  [429, 8],
  [503, 14],
  [500, 13],
  [415, 3],
])('status %i is google.rpc code %i', (status, code) => {
  const json = statusAnswer('json', { status, message: 'why' });
  expect(JSON.parse(Buffer.from(json.body).toString())).toEqual({ code, message: 'why' });
  const protobuf = statusAnswer('protobuf', { status, message: 'why' });
  expect(Buffer.from(protobuf.body)).toEqual(Buffer.from([0x08, code, 0x12, 3, ...Buffer.from('why')]));
});

import { describe, expect, test } from 'vitest';
import { AppError, errorCodes } from '#lib/errors.ts';
import { problemOf } from './problem.ts';

const bodyOf = (error: unknown): unknown => JSON.parse(problemOf(error).body);

test.each(errorCodes)('%s answers as a problem document that names its code and status', (code) => {
  const { status, headers, body } = problemOf(new AppError(code, 'What happened.'));
  expect(status).toBeGreaterThanOrEqual(400);
  expect(headers['content-type']).toBe('application/problem+json');
  const document: unknown = JSON.parse(body);
  expect(document).toMatchObject({ type: `urn:plimsoll:problem:${code}`, status, code });
  expect(document).toHaveProperty('title');
  expect(document).toHaveProperty('detail');
});

test.each(errorCodes)('%s tells when to come back if it is worth coming back', (code) => {
  const { status, headers } = problemOf(new AppError(code, 'What happened.'));
  expect('retry-after' in headers).toBe(status === 429 || status === 503);
});

test('a fault of the database is never 500, which makes OTLP senders drop their batch', () => {
  expect(problemOf(new AppError('database_unavailable', 'Away.')).status).toBe(503);
});

test.each([
  [0, '1'],
  [0.2, '1'],
  [2.1, '3'],
  [30, '30'],
])('after %d s is said in whole seconds, at least one', (retryAfterSeconds, header) => {
  const error = new AppError('overloaded', 'Full.', { retryAfterSeconds });
  expect(problemOf(error).headers['retry-after']).toBe(header);
});

describe('details', () => {
  test('stand beside the standard members', () => {
    const error = new AppError('body_too_large', 'Too large.', { details: { bytesMax: 5, pico: 7n } });
    expect(bodyOf(error)).toMatchObject({ detail: 'Too large.', bytesMax: 5, pico: '7' });
  });

  test('cannot replace one', () => {
    const error = new AppError('conflict', 'Other payload.', {
      details: { code: 'x', status: 200, detail: 'y' },
    });
    expect(bodyOf(error)).toMatchObject({ code: 'conflict', status: 409, detail: 'Other payload.' });
  });
});

test.each([
  ['an Error', new Error('password=hunter2 at db.internal')],
  ['a text', 'password=hunter2'],
  ['nothing', undefined],
  ['an AppError of ours for a defect', new AppError('internal', 'password=hunter2')],
])('%s that nobody expected is 500 in one line, without its message or stack', (_, thrown) => {
  const { status, body } = problemOf(thrown);
  expect(status).toBe(500);
  expect(bodyOf(thrown)).toMatchObject({ code: 'internal' });
  expect(body).not.toMatch(/hunter2|\bat \w+ \(|\.ts:/);
});

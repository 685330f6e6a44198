import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { errorCodes } from '#lib/errors.ts';
import { openapiDocument } from './openapi-document.ts';
import { operations } from './operations.ts';

const document: unknown = JSON.parse(JSON.stringify(openapiDocument('1.2.3')));

/** Every object of the document, with where it stands. */
function* objectsOf(value: unknown, at = '#'): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [at, { ...value }];
  for (const [name, inner] of Object.entries(value)) yield* objectsOf(inner, `${at}/${name}`);
}

test('every reference leads somewhere', () => {
  const known = new Set([...objectsOf(document)].map(([at]) => at));
  const refs = [...objectsOf(document)].flatMap(([, object]) =>
    '$ref' in object ? [String(object['$ref'])] : [],
  );
  expect(refs.length).toBeGreaterThan(10);
  expect(refs.filter((ref) => !known.has(ref))).toEqual([]);
});

test('every operation has its own name and a route that serves it', () => {
  const names = [...objectsOf(document)].flatMap(([, object]) => object['operationId'] ?? []);
  expect(names).toHaveLength(operations.length);
  expect(new Set(names).size).toBe(names.length);
  const app = path.resolve(import.meta.dirname, '../../../app');
  const missing = operations.filter(({ path: address, route = address }) => {
    const folder = route.replaceAll('{', '[').replaceAll('}', ']');
    return !existsSync(path.join(app, folder, 'route.ts'));
  });
  expect(missing).toEqual([]);
});

test('an answer with a status of 200 has a content, and what needs no key is told too', () => {
  const bodiless = operations.filter(({ answers }) => answers[200] === null).map(({ path: at }) => at);
  expect(bodiless).toEqual([]);
  const addresses = operations.map(({ path: at }) => at);
  expect(addresses).toEqual(
    expect.arrayContaining(['/api/health/live', '/api/health/ready', '/api/openapi.json']),
  );
});

test('the four kinds of events, the query of usage and all problem codes are in it', () => {
  const text = JSON.stringify(document);
  for (const code of errorCodes) expect(text).toContain(`"${code}"`);
  for (const type of ['usage', 'message', 'operation', 'heartbeat'])
    expect(text).toContain(`"const":"${type}"`);
  const usage = [...objectsOf(document)].find(([at]) => at === '#/paths//api/usage/get')?.[1];
  const parameters = usage?.['parameters'];
  expect(parameters).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'from', in: 'query', required: true }),
      expect.objectContaining({
        name: 'bucket',
        required: false,
        schema: expect.objectContaining({ default: 'day' }),
      }),
      expect.objectContaining({ name: 'groupBy', explode: false, required: false }),
      expect.objectContaining({
        name: 'weekStart',
        schema: expect.objectContaining({ type: 'integer', maximum: 7 }),
      }),
    ]),
  );
});

test.each(['traces', 'logs', 'metrics'])(
  'OTLP %s are sent and answered in JSON and in protobuf',
  (signal) => {
    const post = [...objectsOf(document)].find(([at]) => at === `#/paths//api/otel/v1/${signal}/post`)?.[1];
    const types = ['application/json', 'application/x-protobuf'];
    expect(Object.keys(Object(post?.['requestBody']).content)).toEqual(types);
    expect(Object.keys(Object(post?.['responses'])[200].content)).toEqual(types);
    expect(Object.keys(Object(post?.['responses'])[400].content)).toEqual([
      ...types,
      'application/problem+json',
    ]);
  },
);

import { expect, test } from 'vitest';
import { readRequestTarget } from './request-target.ts';

test.each([
  ['/', { url: '/', host: null }],
  ['/api/usage?from=a#b', { url: '/api/usage?from=a#b', host: null }],
  ['//other.example/x', { url: '//other.example/x', host: null }],
  ['http://127.0.0.1:3000/api/health/live?a=b', { url: '/api/health/live?a=b', host: '127.0.0.1:3000' }],
  ['HTTPS://Other.Example', { url: '/', host: 'Other.Example' }],
  ['http://other.example?a=b', { url: '/?a=b', host: 'other.example' }],
  ['http://other.example//x', { url: '//x', host: 'other.example' }],
])('%s is an address', (target, expected) => {
  expect(readRequestTarget(target)).toEqual(expected);
});

test.each([
  '',
  '*',
  'localhost:3000',
  'ftp://localhost/x',
  'http://',
  'http:///x',
  'http://user@localhost/',
  'http://a\\b/',
])('%s is none', (target) => {
  expect(readRequestTarget(target)).toBeNull();
});

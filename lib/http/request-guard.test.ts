import { describe, expect, test } from 'vitest';
import { isAllowedHost, isLoopbackHost, isSameSite } from './request-guard.ts';

const loopback = { boundHost: '127.0.0.1', publicUrl: null, allowedHosts: [] };

describe('a server on loopback', () => {
  test.each([
    'localhost',
    'LocalHost:3000',
    '127.0.0.1',
    '127.0.0.1:65535',
    '[::1]',
    '[::1]:3000',
    'plimsoll.localhost:3000',
  ])('answers for %s', (hostHeader) => {
    expect(isAllowedHost({ ...loopback, hostHeader })).toBe(true);
  });

  test.each([
    null,
    '',
    ' localhost',
    'localhost ',
    'localhost.',
    'localhost:',
    'localhost:port',
    'localhost:123456',
    '.localhost',
    'a..localhost',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1.nip.io:3000',
    'evil.example',
    'evil-localhost',
    'notlocalhost',
    'user@localhost',
    'localhost@evil.example',
    'localhost/evil.example',
    'localhost\\evil.example',
    'localhost#evil.example',
    'localhost,evil.example',
    'localhost\tevil.example',
    'localhost\u0000',
    'lоcalhost',
    '0.0.0.0',
    '2130706433',
    '0x7f000001',
    '127.1',
    '192.168.1.2',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::1',
    '::1',
    '[::1]evil',
    'a'.repeat(300),
  ])('does not answer for %j', (hostHeader) => {
    expect(isAllowedHost({ ...loopback, hostHeader })).toBe(false);
  });
});

test('the public URL and configured names are answered for, exactly', () => {
  const question = {
    boundHost: '127.0.0.1',
    publicUrl: 'https://Spend.Example.com:8443/path',
    allowedHosts: ['plimsoll.lan', 'box:3000', ''],
  };
  for (const hostHeader of ['spend.example.com', 'SPEND.example.com:443', 'plimsoll.lan:3000', 'box']) {
    expect(isAllowedHost({ ...question, hostHeader })).toBe(true);
  }
  for (const hostHeader of ['example.com', 'x.spend.example.com', 'plimsoll.lan.', 'box.lan', '']) {
    expect(isAllowedHost({ ...question, hostHeader })).toBe(false);
  }
});

test.each(['0.0.0.0', '::', '192.168.1.2'])(
  'beyond loopback (%s) any address will do, but no other name',
  (boundHost) => {
    const question = { boundHost, publicUrl: null, allowedHosts: [] };
    for (const hostHeader of ['10.0.0.7:3000', '[fe80::1]:3000', '[2001:db8::1]', 'localhost']) {
      expect(isAllowedHost({ ...question, hostHeader })).toBe(true);
    }
    for (const hostHeader of ['evil.example', '10.0.0.7.evil.example', '256.1.1.1', '1.2.3', '[zz::1]']) {
      expect(isAllowedHost({ ...question, hostHeader })).toBe(false);
    }
  },
);

test('a name that we are told to listen on is a name of ours', () => {
  expect(isAllowedHost({ ...loopback, boundHost: 'box.lan', hostHeader: 'BOX.lan:3000' })).toBe(true);
  expect(isAllowedHost({ ...loopback, boundHost: '127.0.0.2', hostHeader: '127.0.0.2' })).toBe(true);
});

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['LOCALHOST', true],
  ['::1', true],
  ['[::1]', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.evil.example', false],
  ['localhost.example', false],
  ['192.168.0.1', false],
])('listening on %s is loopback: %s', (boundHost, isLoopback) => {
  expect(isLoopbackHost(boundHost)).toBe(isLoopback);
});

describe('a change signed by the cookie', () => {
  const plain = {
    method: 'POST',
    secFetchSite: null,
    origin: null,
    host: 'localhost:3000',
    publicUrl: 'https://spend.example.com',
  };

  test.each([
    ['from our own page', { secFetchSite: 'same-origin' }, true],
    ['typed by the user', { secFetchSite: 'none' }, true],
    ['from a sister host', { secFetchSite: 'same-site' }, false],
    ['from another site', { secFetchSite: 'cross-site' }, false],
    [
      'from another site that names our origin',
      { secFetchSite: 'cross-site', origin: 'http://localhost:3000' },
      false,
    ],
    ['with an unknown word', { secFetchSite: '' }, false],
    ['of our origin', { origin: 'http://localhost:3000' }, true],
    ['of our origin in capitals', { origin: 'http://LOCALHOST:3000' }, true],
    ['of the public URL', { origin: 'https://spend.example.com' }, true],
    ['of the public URL without TLS', { origin: 'http://spend.example.com' }, false],
    ['of another port', { origin: 'http://localhost:3001' }, false],
    ['of a foreign origin', { origin: 'https://evil.example' }, false],
    ['of a name that begins like ours', { origin: 'http://localhost:3000.evil.example' }, false],
    ['with userinfo', { origin: 'http://localhost:3000@evil.example' }, false],
    ['of the origin null', { origin: 'null' }, false],
    ['of a file', { origin: 'file://' }, false],
    ['that does not say', {}, false],
    ['without a host', { origin: 'http://localhost:3000', host: null }, false],
  ])('%s', (_, part, allowed) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(isSameSite({ ...plain, ...part, method })).toBe(allowed);
    }
  });

  test('a default port may be named or not', () => {
    const https = { ...plain, publicUrl: null, origin: 'https://box.lan' };
    expect(isSameSite({ ...https, host: 'box.lan:443' })).toBe(true);
    expect(isSameSite({ ...https, host: 'box.lan:80' })).toBe(false);
  });

  test('reading is not a change', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      expect(isSameSite({ ...plain, method, secFetchSite: 'cross-site' })).toBe(true);
    }
  });
});

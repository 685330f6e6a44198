import { expect, test } from 'vitest';
import { findTargetUrlFault } from './alert-target-url.ts';

test.each([
  'https://example.org/hook?x=1',
  'http://127.0.0.1:9000/',
  'http://localhost:8080/a',
  'http://192.168.1.5/hook',
  'http://[::1]:9000/',
])('%s may be a target', (url) => expect(findTargetUrlFault(url)).toBeNull());

test.each([
  'ftp://example.org/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user:secret@example.org/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/',
  'http://0xa9.0xfe.0xa9.0xfe/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::169.254.169.254]/',
  'http://[64:ff9b::169.254.169.254]/',
  'http://[::ffff:0.0.0.0]/',
  'http://[::ffff:224.0.0.1]/',
  'http://[fe80::1]/',
  'http://[fd00:ec2::254]/',
  'http://0.0.0.0/',
  'http://[::]/',
  'http://224.0.0.1/',
  'nonsense',
  `https://example.org/${'x'.repeat(2_000)}`,
])('%s may not', (url) => expect(findTargetUrlFault(url)).not.toBeNull());

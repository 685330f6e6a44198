import { randomBytes } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { AppError } from '#lib/errors.ts';
import { type ReadBodyOptions, readBody } from './read-body.ts';

const mebibyte = 1_048_576;
const noise = randomBytes(300_000);

async function* inPieces(bytes: Uint8Array, size = 16_384): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

function read(bytes: Uint8Array, options: Partial<ReadBodyOptions> = {}): Promise<Buffer> {
  return readBody({ chunks: inPieces(bytes), contentEncoding: null, contentLength: null, ...options });
}

async function codeOf(reading: Promise<Buffer>): Promise<string> {
  try {
    await reading;
    return 'accepted';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe('a body is read whole', () => {
  test.each([
    ['without a length', null],
    ['with its length', String(noise.length)],
  ])('%s', async (_, contentLength) => {
    expect(noise.equals(await read(noise, { contentLength }))).toBe(true);
  });

  test.each(['gzip', 'GZIP', ' x-gzip '])('in %j', async (contentEncoding) => {
    const packed = gzipSync(noise);
    const contentLength = String(packed.length);
    expect(noise.equals(await read(packed, { contentEncoding, contentLength }))).toBe(true);
  });

  test('in gzip of several members', async () => {
    const packed = Buffer.concat([gzipSync('first, '), gzipSync('second')]);
    expect(String(await read(packed, { contentEncoding: 'gzip' }))).toBe('first, second');
  });

  test.each(['', 'identity'])('in encoding %j, empty', async (contentEncoding) => {
    expect(await read(new Uint8Array(), { contentEncoding, contentLength: '0' })).toHaveLength(0);
  });

  test('up to the limit, to the byte', async () => {
    expect(await codeOf(read(noise, { wireBytesMax: noise.length }))).toBe('accepted');
    expect(await codeOf(read(noise, { wireBytesMax: noise.length - 1 }))).toBe('body_too_large');
    const contentEncoding = 'gzip';
    const packed = gzipSync(noise);
    expect(await codeOf(read(packed, { contentEncoding, decodedBytesMax: noise.length }))).toBe('accepted');
    expect(await codeOf(read(packed, { contentEncoding, decodedBytesMax: noise.length - 1 }))).toBe(
      'body_too_large',
    );
  });
});

describe('a wrong body is refused', () => {
  test.each(['br', 'deflate', 'zstd', 'gzip, gzip', 'gzip;q=1'])(
    'in encoding %s',
    async (contentEncoding) => {
      expect(await codeOf(read(noise, { contentEncoding }))).toBe('unsupported_encoding');
    },
  );

  const packed = gzipSync(noise);
  const flipped = Buffer.from(packed);
  flipped[flipped.length - 6] = (flipped[flipped.length - 6] ?? 0) ^ 0xff;
  test.each([
    ['that is no gzip', Buffer.from('{"type":"usage"}')],
    ['that is empty', Buffer.alloc(0)],
    ['cut in the header', packed.subarray(0, 5)],
    ['cut in the middle', packed.subarray(0, 1_000)],
    ['cut by one byte', packed.subarray(0, -1)],
    ['with a wrong checksum', flipped],
    ['with garbage behind it', Buffer.concat([packed, Buffer.from('garbage')])],
    ['with zeros behind it', Buffer.concat([packed, Buffer.alloc(7)])],
    ['that is brotli', brotliCompressSync(noise)],
  ])('as gzip %s', async (_, bytes) => {
    expect(await codeOf(read(bytes, { contentEncoding: 'gzip' }))).toBe('bad_request');
  });

  test.each([
    ['shorter than it says', '300001'],
    ['longer than it says', '299999'],
    ['with a length that is no number', '3e5'],
    ['with a negative length', '-1'],
    ['with two lengths', '300000, 300000'],
    ['with a length of 400 digits', '9'.repeat(400)],
  ])('%s', async (_, contentLength) => {
    expect(await codeOf(read(noise, { contentLength }))).toBe('bad_request');
  });

  test('cut off by its connection', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield noise;
      throw new Error('aborted');
    }
    expect(await codeOf(read(noise, { chunks: broken() }))).toBe('bad_request');
  });
});

describe('memory is bounded by the limits', () => {
  test('a declared length past the limit is refused before a byte is read', async () => {
    let pulled = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      pulled += 1;
      yield noise;
    }
    const contentLength = String(6 * mebibyte);
    expect(await codeOf(read(noise, { chunks: counted(), contentLength }))).toBe('body_too_large');
    expect(pulled).toBe(0);
  });

  test('an endless body is left at the limit', async () => {
    let pulled = 0;
    let isClosed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        while (true) {
          pulled += noise.length;
          yield noise;
        }
      } finally {
        isClosed = true;
      }
    }
    expect(await codeOf(read(noise, { chunks: endless(), wireBytesMax: mebibyte }))).toBe('body_too_large');
    expect(pulled).toBeLessThanOrEqual(mebibyte + noise.length);
    expect(isClosed).toBe(true);
  });

  test('a bomb of 100 MB is stopped at the ceiling', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * mebibyte));
    expect(bomb.length).toBeLessThan(mebibyte);
    expect(await codeOf(read(bomb, { contentEncoding: 'gzip' }))).toBe('body_too_large');
  });

  test('the abort signal ends the wait for a sender that fell silent', async () => {
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield noise;
      await new Promise(() => {});
    }
    const abort = new AbortController();
    const reading = codeOf(read(noise, { chunks: silent(), signal: abort.signal }));
    abort.abort();
    expect(await reading).toBe('request_timeout');
    expect(await codeOf(read(noise, { signal: AbortSignal.abort() }))).toBe('request_timeout');
  });
});

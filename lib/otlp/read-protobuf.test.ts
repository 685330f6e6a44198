import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#lib/errors.ts';
import { decodeExport } from './decode-export.ts';
import { type OtlpSignal, otlpSignals } from './otlp-signal.ts';
import { readExport } from './read-export.ts';
import { goldenLogs, goldenTraces, goldenTracesJson } from './testing/golden-exports.ts';

const nowMs = Date.UTC(2026, 10, 26);

const decode = (bytes: Uint8Array, signal: OtlpSignal = 'traces') =>
  decodeExport({ bytes, format: 'protobuf', signal, nowMs, redact: true });

test('what an exporter of OpenTelemetry writes is read as its JSON is', () => {
  const json = decodeExport({
    bytes: goldenTracesJson,
    format: 'json',
    signal: 'traces',
    nowMs,
    redact: true,
  });
  expect(decode(goldenTraces)).toEqual(json);
  expect(json.items).toMatchObject([
    {
      event: {
        agent: 'coder',
        session: 'conv-1',
        model: 'gpt-5-2026-09-01',
        requestedModel: 'gpt-5',
        inputTokens: 176,
        cacheReadTokens: 1024,
        outputTokens: 85,
        latencyMs: 250,
        ts: '2026-11-21T04:04:29.251000Z',
      },
    },
  ]);
});

test('every kind of value of an attribute is read', () => {
  const [record] = readExport({ bytes: goldenLogs, format: 'protobuf', signal: 'logs' });
  const attributes = Array.isArray(record?.fields['attributes']) ? record.fields['attributes'] : [];
  expect(attributes.at(-1)).toEqual({
    key: 'nested',
    value: {
      kvlistValue: {
        values: [
          {
            key: 'a',
            value: {
              arrayValue: {
                values: [
                  { intValue: '1' },
                  { stringValue: 'x' },
                  { kvlistValue: { values: [{ key: 'b', value: { boolValue: true } }] } },
                ],
              },
            },
          },
        ],
      },
    },
  });
  expect(decode(goldenLogs, 'logs').items).toMatchObject([
    { event: { id: 'claude:otel:s-1:req_1', inputTokens: 25, cacheWrite5mTokens: 1500, outputTokens: 210 } },
  ]);
});

test.each(otlpSignals)('an empty body is an export of no %s', (signal) => {
  expect(decode(new Uint8Array(0), signal)).toEqual({ items: [], refused: [] });
});

describe('hostile bytes', () => {
  const field = (number: number, wireType: WireType) => new BinaryWriter().tag(number, wireType);

  test('a body that is cut off anywhere is refused', () => {
    const codes = new Set<string>();
    for (let end = 1; end < goldenTraces.length; end++)
      codes.add(codeOf(() => decode(goldenTraces.subarray(0, end))));
    expect([...codes].sort()).toEqual(['bad_request']);
  });

  test.each([
    ['a group', field(1, WireType.StartGroup).finish()],
    ['the end of a group', field(9, WireType.EndGroup).finish()],
    ['field number 0', Buffer.from([0x02, 0x00])],
    ['a varint of eleven bytes', Buffer.from([0x48, ...new Array(10).fill(0xff), 0x01])],
    ['a tag of ten bytes', Buffer.from([...new Array(9).fill(0xff), 0x01])],
    ['a length of four gigabytes', Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f])],
    ['a length that is negative', Buffer.from([0x0a, ...new Array(9).fill(0xff), 0x01])],
    ['an unknown field that goes past the end', Buffer.from([0x7a, 0x05, 0x00])],
    ['spans as a number', field(1, WireType.Varint).int32(1).finish()],
    ['JSON', Buffer.from('{"resourceSpans":[]}')],
  ])('%s is refused', (_, bytes) => {
    expect(codeOf(() => decode(bytes))).toBe('bad_request');
  });

  test('a message that is longer than the one around it is refused', () => {
    const inner = Buffer.from([0x12, 0x10, 0x12, 0x01]);
    const outer = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(inner).finish();
    expect(codeOf(() => decode(Buffer.concat([outer, Buffer.alloc(64)])))).toBe('bad_request');
  });

  test('a value nested ten thousand times is refused, also by its bytes alone', () => {
    let value: Uint8Array = new BinaryWriter().tag(3, WireType.Varint).int64(1).finish();
    for (let level = 0; level < 10_000; level++) {
      const list = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(value).finish();
      value = new BinaryWriter().tag(5, WireType.LengthDelimited).bytes(list).finish();
    }
    const wrap = (number: number, bytes: Uint8Array) =>
      new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(bytes).finish();
    const body = wrap(1, wrap(1, wrap(1, wrap(2, value))));
    expect(codeOf(() => decode(body))).toBe('too_deep');
  });

  test('more than a million fields are refused', () => {
    const bytes = Buffer.alloc(2_100_000);
    for (let at = 0; at < bytes.length; at += 2) bytes[at] = 0x78;
    expect(codeOf(() => decode(bytes))).toBe('too_complex');
  });

  test('text that is no UTF-8 is refused', () => {
    const bytes = Buffer.from(goldenTraces);
    bytes[bytes.indexOf('golden')] = 0xff;
    expect(codeOf(() => decode(bytes))).toBe('invalid_utf8');
  });

  test('no bytes at all make it throw anything but a refusal', () => {
    const mutated = fc
      .array(fc.tuple(fc.nat(goldenTraces.length - 1), fc.nat(255)), { maxLength: 8 })
      .map((changes) => {
        const bytes = Buffer.from(goldenTraces);
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes;
      });
    const any = fc.oneof(fc.uint8Array({ maxLength: 300 }), mutated);
    fc.assert(
      fc.property(any, fc.constantFrom(...otlpSignals), (bytes, signal) => {
        codeOf(() => decode(bytes, signal));
      }),
      { numRuns: 3_000 },
    );
  });
});

/** The code of the refusal, or `taken`; anything else that is thrown fails the test. */
function codeOf(run: () => unknown): string {
  try {
    run();
    return 'taken';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { AppError } from '#lib/errors.ts';
import { decodeUtf8 } from '#lib/http/decode-utf8.ts';
import type { JsonObject, JsonValue } from '#lib/http/json-value.ts';
import type { ScalarType, WireField, WireMessage } from './wire-schema.ts';

export type ReadLimits = {
  /** Levels of nested messages. */
  readonly depthMax: number;
  /** Fields of all messages together, known or not. */
  readonly fieldsMax: number;
};

/**
 * Protobuf to the shape that OTLP/JSON has: ids in hex, 64-bit integers as decimal text. Strict: a field in
 * another wire type than the schema's, a group, a length past the end of what it is in, text that is not
 * UTF-8 all refuse the body.
 * @throws AppError `bad_request`, `invalid_utf8`, `too_deep` or `too_complex`.
 */
export function readProtobuf(bytes: Uint8Array, message: WireMessage, limits: ReadLimits): JsonObject {
  const reader = new BinaryReader(bytes);
  try {
    return new MessageReader(reader, limits).read(message, bytes.byteLength, limits.depthMax);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    // The reader throws plain errors for what is cut off or no varint.
    throw malformed(reader.pos, cause);
  }
}

class MessageReader {
  readonly #reader: BinaryReader;
  readonly #limits: ReadLimits;
  #fields = 0;

  constructor(reader: BinaryReader, limits: ReadLimits) {
    this.#reader = reader;
    this.#limits = limits;
  }

  read(message: WireMessage, end: number, depthLeft: number): JsonObject {
    if (depthLeft === 0) throw tooDeep(this.#limits.depthMax);
    const found: Record<string, JsonValue> = {};
    const lists = new Map<string, JsonValue[]>();
    while (this.#reader.pos < end) {
      const [number, wireType] = this.#reader.tag();
      this.#fields += 1;
      if (this.#fields > this.#limits.fieldsMax) throw tooComplex(this.#limits.fieldsMax);
      const field = message[number];
      if (field === undefined) {
        this.#skip(wireType, number);
        continue;
      }
      if (wireType !== wireTypeOf(field)) throw malformed(this.#reader.pos);
      const value =
        typeof field.type === 'string'
          ? this.#scalar(field.type)
          : this.#nested(field.type(), end, depthLeft);
      const list = lists.get(field.name);
      if (list !== undefined) list.push(value);
      else if (field.isList) lists.set(field.name, [value]);
      else found[field.name] = value;
    }
    if (this.#reader.pos !== end) throw malformed(this.#reader.pos);
    return { ...found, ...Object.fromEntries(lists) };
  }

  #nested(message: WireMessage, end: number, depthLeft: number): JsonObject {
    const length = this.#reader.uint32();
    const innerEnd = this.#reader.pos + length;
    if (innerEnd > end) throw malformed(this.#reader.pos);
    return this.read(message, innerEnd, depthLeft - 1);
  }

  #skip(wireType: WireType, number: number): void {
    if (wireType === WireType.StartGroup || wireType === WireType.EndGroup) throw malformed(this.#reader.pos);
    // The reader's own skip takes varints of any length.
    if (wireType === WireType.Varint) this.#reader.uint32();
    else this.#reader.skip(wireType, number);
  }

  #scalar(type: ScalarType): JsonValue {
    switch (type) {
      case 'string':
        return decodeUtf8(this.#reader.bytes());
      case 'id':
        return toBuffer(this.#reader.bytes()).toString('hex');
      case 'bytes':
        return toBuffer(this.#reader.bytes()).toString('base64');
      case 'bool':
        return this.#reader.bool();
      case 'enum':
        return this.#reader.int32();
      case 'double':
        return this.#reader.double();
      case 'int64':
        return String(this.#reader.int64());
      case 'fixed64':
        return String(this.#reader.fixed64());
    }
  }
}

function wireTypeOf({ type }: WireField): WireType {
  switch (type) {
    case 'bool':
    case 'enum':
    case 'int64':
      return WireType.Varint;
    case 'double':
    case 'fixed64':
      return WireType.Bit64;
    default:
      return WireType.LengthDelimited;
  }
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function malformed(offset: number, cause?: unknown): AppError {
  return new AppError('bad_request', `The body is not an OTLP export in protobuf: see near byte ${offset}.`, {
    cause,
    details: { offset },
  });
}

function tooDeep(depthMax: number): AppError {
  return new AppError('too_deep', `The export is nested more than ${depthMax} levels deep.`, {
    details: { depthMax },
  });
}

function tooComplex(fieldsMax: number): AppError {
  return new AppError('too_complex', `The export has more than ${fieldsMax} fields. Send smaller batches.`, {
    details: { fieldsMax },
  });
}

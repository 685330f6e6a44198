import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { isJsonObject, type JsonObject, type JsonValue } from '#lib/http/json-value.ts';
import type { ScalarType, WireField, WireMessage } from '../wire-schema.ts';

/** OTLP/JSON as protobuf, as far as the schema knows its fields. */
export function writeProtobuf(object: JsonObject, message: WireMessage): Uint8Array {
  const writer = new BinaryWriter();
  for (const [number, field] of Object.entries(message)) {
    const value = object[field.name];
    if (value === undefined || value === null || value === '') continue;
    for (const item of field.isList && Array.isArray(value) ? value : [value])
      writeField(writer, Number(number), field, item);
  }
  return writer.finish();
}

function writeField(writer: BinaryWriter, number: number, { type }: WireField, value: JsonValue): void {
  if (typeof type === 'function') {
    if (!isJsonObject(value)) throw new Error(`Field ${number} must be an object.`);
    writer.tag(number, WireType.LengthDelimited).bytes(writeProtobuf(value, type()));
  } else writeScalar(writer, number, type, value);
}

function writeScalar(writer: BinaryWriter, number: number, type: ScalarType, value: JsonValue): void {
  const text = String(value);
  switch (type) {
    case 'string':
      writer.tag(number, WireType.LengthDelimited).string(text);
      break;
    case 'id':
      writer.tag(number, WireType.LengthDelimited).bytes(Buffer.from(text, 'hex'));
      break;
    case 'bytes':
      writer.tag(number, WireType.LengthDelimited).bytes(Buffer.from(text, 'base64'));
      break;
    case 'bool':
      writer.tag(number, WireType.Varint).bool(value === true);
      break;
    case 'enum':
      writer.tag(number, WireType.Varint).int32(Number(value));
      break;
    case 'int64':
      writer.tag(number, WireType.Varint).int64(text);
      break;
    case 'double':
      writer.tag(number, WireType.Bit64).double(Number(value));
      break;
    case 'fixed64':
      writer.tag(number, WireType.Bit64).fixed64(text);
      break;
  }
}

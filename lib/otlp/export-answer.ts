import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { OtlpFormat, OtlpSignal } from './otlp-signal.ts';

export type ExportReply = {
  readonly contentType: 'application/x-protobuf' | 'application/json';
  readonly body: Uint8Array;
};

export type PartialSuccess = {
  /** Spans or log records that were not taken; they must not be sent again. */
  readonly rejected: number;
  readonly message: string;
};

const rejectedNames = {
  traces: 'rejectedSpans',
  logs: 'rejectedLogRecords',
  metrics: 'rejectedDataPoints',
} as const satisfies Record<OtlpSignal, string>;

/** `ExportTraceServiceResponse` and its like, which have the same field numbers; empty when all was taken. */
export function exportAnswer(
  format: OtlpFormat,
  { signal, partial }: { readonly signal: OtlpSignal; readonly partial: PartialSuccess | null },
): ExportReply {
  if (format === 'json') {
    const { rejected, message } = partial ?? { rejected: 0, message: '' };
    const partialSuccess = { [rejectedNames[signal]]: String(rejected), errorMessage: message };
    return toJson(partial === null ? {} : { partialSuccess });
  }
  const writer = new BinaryWriter();
  if (partial !== null) {
    const inner = new BinaryWriter().tag(1, WireType.Varint).int64(partial.rejected);
    inner.tag(2, WireType.LengthDelimited).string(partial.message);
    writer.tag(1, WireType.LengthDelimited).bytes(inner.finish());
  }
  return { contentType: 'application/x-protobuf', body: writer.finish() };
}

/** `google.rpc.Status`, in which OTLP wants every refusal. */
export function statusAnswer(
  format: OtlpFormat,
  { status, message }: { readonly status: number; readonly message: string },
): ExportReply {
  const code = rpcCodes[status] ?? (status < 500 ? 3 : 13);
  if (format === 'json') return toJson({ code, message });
  const writer = new BinaryWriter().tag(1, WireType.Varint).int32(code);
  writer.tag(2, WireType.LengthDelimited).string(message);
  return { contentType: 'application/x-protobuf', body: writer.finish() };
}

/** google.rpc.Code by HTTP status; 3 is INVALID_ARGUMENT, 13 INTERNAL. */
const rpcCodes: Readonly<Record<number, number>> = {
  401: 16,
  403: 7,
  404: 5,
  405: 12,
  408: 4,
  413: 8,
  429: 8,
  503: 14,
};

function toJson(value: object): ExportReply {
  return { contentType: 'application/json', body: Buffer.from(JSON.stringify(value), 'utf8') };
}

import type { Attributes } from './attributes.ts';

/** Who made a record. */
export type OtlpOrigin = {
  readonly resource: Attributes;
  /** The instrumentation's name. */
  readonly scope: string;
};

export type OtlpSpan = OtlpOrigin & {
  /** Its place in the export. */
  readonly index: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  /** 3 is CLIENT. */
  readonly kind: number;
  readonly startNano: bigint;
  readonly endNano: bigint;
  readonly attributes: Attributes;
  readonly isError: boolean;
  /** What the status or an exception event says. */
  readonly errorText: string | null;
};

export type OtlpLogRecord = OtlpOrigin & {
  readonly index: number;
  readonly traceId: string | null;
  readonly spanId: string | null;
  /** When it happened, or else was seen; 0 when neither is known. */
  readonly timeNano: bigint;
  readonly eventName: string;
  readonly attributes: Attributes;
};

/** A record that cannot be taken, and why. */
export type RefusedRecord = { readonly index: number; readonly message: string };

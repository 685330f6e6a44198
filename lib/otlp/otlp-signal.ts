export const otlpSignals = ['traces', 'logs', 'metrics'] as const;
export type OtlpSignal = (typeof otlpSignals)[number];

/** What a sender may say and is answered in. */
export type OtlpFormat = 'protobuf' | 'json';

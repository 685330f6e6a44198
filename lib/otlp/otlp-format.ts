import type { OtlpFormat } from './otlp-signal.ts';

/** What a Content-Type says that the body is, or null for what OTLP/HTTP does not know. */
export function otlpFormat(contentType: string | null): OtlpFormat | null {
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (type === 'application/x-protobuf' || type === 'application/protobuf') return 'protobuf';
  const isUtf8 = parameters.every(
    (name) => !name.startsWith('charset=') || /^charset="?utf-?8"?$/.test(name),
  );
  return type === 'application/json' && isUtf8 ? 'json' : null;
}

import type { OtlpSpan } from './otlp-record.ts';

const ancestorsMax = 32;

/** Finds the spans around a span, the nearest first, as far as they are in the same export. */
export function ancestorFinder(spans: readonly OtlpSpan[]): (span: OtlpSpan) => readonly OtlpSpan[] {
  const spanById = new Map(spans.map((span) => [span.traceId + span.spanId, span]));
  return (span) => {
    const ancestors: OtlpSpan[] = [];
    let current = span;
    while (current.parentSpanId !== null && ancestors.length < ancestorsMax) {
      const parent = spanById.get(span.traceId + current.parentSpanId);
      // Hostile spans may be their own ancestors.
      if (parent === undefined || parent === span || ancestors.includes(parent)) break;
      ancestors.push(parent);
      current = parent;
    }
    return ancestors;
  };
}

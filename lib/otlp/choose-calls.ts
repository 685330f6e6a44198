import type { OtlpSpan } from './otlp-record.ts';
import { ancestorFinder } from './span-ancestors.ts';
import { spanKind } from './span-kind.ts';
import { readTokens, type TokenUsage } from './token-usage.ts';

/** A model call of an export: its span, what it used, and the spans around it, the nearest first. */
export type ChosenCall = {
  readonly span: OtlpSpan;
  readonly usage: TokenUsage | null;
  readonly ancestors: readonly OtlpSpan[];
};

type Candidate = ChosenCall & { readonly isAgent: boolean };

/**
 * One span a model call. Instrumentations wrap each other, so that the same call is told several times in
 * one trace: the innermost span that knows its tokens counts, or the innermost at all when none does. An
 * agent behind an interface counts only where no other span is below it.
 */
export function chooseCalls(spans: readonly OtlpSpan[]): readonly ChosenCall[] {
  const ancestorsOf = ancestorFinder(spans);
  const candidates: Candidate[] = [];
  const parents = new Set<OtlpSpan>();
  for (const span of spans) {
    const ancestors = ancestorsOf(span);
    if (ancestors[0] !== undefined) parents.add(ancestors[0]);
    const kind = spanKind(span);
    if (kind !== 'call' && kind !== 'agent') continue;
    const usage = readTokens(span.attributes, span.scope);
    if (usage !== null || isCallWithoutUsage(span)) {
      candidates.push({ span, usage, ancestors, isAgent: kind === 'agent' });
    }
  }
  const repeated = findRepeated(candidates.filter(({ isAgent }) => !isAgent));
  return candidates.filter(({ span, isAgent }) => (isAgent ? !parents.has(span) : !repeated.has(span)));
}

/** Spans of calls that another span of the same call stands for. */
function findRepeated(calls: readonly ChosenCall[]): ReadonlySet<OtlpSpan> {
  const usageOf = new Map(calls.map(({ span, usage }) => [span, usage]));
  const repeated = new Set<OtlpSpan>();
  for (const { span, usage, ancestors } of calls) {
    for (const ancestor of ancestors) {
      const around = usageOf.get(ancestor);
      if (around === undefined) continue;
      repeated.add(usage === null && around !== null ? span : ancestor);
    }
  }
  return repeated;
}

/** A failed call, or one whose client does not count tokens; not the empty shell around an embedding. */
function isCallWithoutUsage({ isError, attributes }: OtlpSpan): boolean {
  return isError || attributes.get('gen_ai.operation.name') !== 'embeddings';
}

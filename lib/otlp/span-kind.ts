import { type Attributes, findText } from './attributes.ts';
import type { OtlpSpan } from './otlp-record.ts';

/**
 * What a span stands for. `call`: one request to a model. `agent`: one to an agent behind an interface, which
 * counts where nothing below it does. `tool`: a tool that ran. `none`: structure, which repeats sums.
 */
export type SpanKind = 'call' | 'agent' | 'tool' | 'none';

const clientKind = 3;
const callOperations = new Set(['chat', 'generate_content', 'text_completion', 'embeddings']);
const structure =
  /^(?:invoke_agent|agent_step|execute_tool|invoke_workflow|create_agent|plan|fetch_response|\w*memory\w*)$/;
const usageNames = [
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.prompt_tokens',
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.completion_tokens',
] as const;
const modelNames = [
  'gen_ai.request.model',
  'gen_ai.response.model',
  'gen_ai.provider.name',
  'gen_ai.system',
] as const;

/** Their own log events are the better record of the same calls and tools: see decision 16. */
const loggingScopes = /^(?:com\.anthropic\.claude_code|codex_|gemini-cli$)/;

export function spanKind(span: OtlpSpan): SpanKind {
  const { attributes } = span;
  if (loggingScopes.test(span.scope)) return 'none';
  if (span.name === 'openclaw.model.usage') return 'call';
  if (span.name.startsWith('openclaw.')) return 'none';
  return (
    byAiSdk(attributes) ??
    byOpenInference(attributes) ??
    byLangfuse(attributes) ??
    byTraceloop(attributes) ??
    byConvention(span)
  );
}

/** Version 6 and the legacy telemetry of 7: `ai.generateText` repeats the sum of its `.doGenerate`. */
function byAiSdk(attributes: Attributes): SpanKind | null {
  const id = findText(attributes, 'ai.operationId');
  if (id === null) return null;
  if (id === 'ai.toolCall') return 'tool';
  return /\.do[A-Z]\w*$/.test(id) ? 'call' : 'none';
}

function byOpenInference(attributes: Attributes): SpanKind | null {
  const kind = findText(attributes, 'openinference.span.kind');
  if (kind === null) return null;
  const upper = kind.toUpperCase();
  if (upper === 'TOOL') return 'tool';
  return upper === 'LLM' || upper === 'EMBEDDING' ? 'call' : 'none';
}

function byLangfuse(attributes: Attributes): SpanKind | null {
  const type = findText(attributes, 'langfuse.observation.type');
  if (type === null) return null;
  if (type === 'tool') return 'tool';
  return type === 'generation' || type === 'embedding' ? 'call' : 'none';
}

function byTraceloop(attributes: Attributes): SpanKind | null {
  const kind = findText(attributes, 'traceloop.span.kind');
  if (kind !== null) return kind === 'tool' ? 'tool' : 'none';
  return findText(attributes, 'llm.request.type') === null ? null : 'call';
}

function byConvention({ attributes, kind }: OtlpSpan): SpanKind {
  const operation = findText(attributes, 'gen_ai.operation.name');
  const isUsed = usageNames.some((name) => attributes.has(name));
  if (operation === 'execute_tool') return 'tool';
  if (operation === 'invoke_agent') return kind === clientKind && isUsed ? 'agent' : 'none';
  if (operation !== null && callOperations.has(operation)) return 'call';
  if (operation !== null && structure.test(operation)) return 'none';
  // Tokens without a model are the sum of a run.
  return isUsed && modelNames.some((name) => attributes.has(name)) ? 'call' : 'none';
}

import { isObject } from './chat-message.ts';
import { contentHandle, findHandle } from './content-handle.ts';
import { estimateTextTokens } from './estimate-text-tokens.ts';
import type { PruneReport } from './prune-report.ts';
import { type NumericOptions, resolveOptions } from './resolve-options.ts';
import { isShortened, shortenJson, shortenText } from './shorten-result.ts';
import { tellHost } from './tell-host.ts';

export const pruneResponseBounds = {
  /** A result up to this size stays as it is. */
  bytesMax: { default: 10_240, min: 256, max: 10_000_000, unit: 'bytes' },
  /** What a longer result becomes, its error messages aside; never more than `bytesMax`. */
  bytesTarget: { default: 2_000, min: 200, max: 1_000_000, unit: 'bytes' },
  /** What a schema becomes, notes and all. */
  schemaBytesMax: { default: 1_000, min: 400, max: 1_000_000, unit: 'bytes' },
  /** How much of error messages stays. */
  errorBytesMax: { default: 4_096, min: 0, max: 1_000_000, unit: 'bytes' },
  /** Results from this size on are replaced by one line when they repeat. */
  repeatBytesMin: { default: 256, min: 64, max: 10_000_000, unit: 'bytes' },
} as const;

/** Texts by their handle, with a name to refer to them by. `ResultStore` and a `Map` both do. */
export type SeenResults = {
  readonly get: (handle: string) => string | undefined;
  readonly set: (handle: string, label: string) => unknown;
};

/** A rule of your own for a known shape. It sees the parsed JSON and answers smaller JSON, or null to pass. */
export type ResponseRule = {
  readonly name: string;
  readonly apply: (value: unknown, about: { readonly toolName: string; readonly action: string }) => unknown;
};

export type PruneResponseOptions = NumericOptions<typeof pruneResponseBounds> & {
  readonly toolName?: string | undefined;
  /** What the tool was asked to do, like `config.schema`. */
  readonly action?: string | undefined;
  /** The session's results so far: a repeated one becomes a line. Without it nothing counts as repeated. */
  readonly seen?: SeenResults | undefined;
  /** Is given each whole text that is shortened, under its handle. */
  readonly keep?: ((handle: string, text: string) => void) | undefined;
  readonly rules?: readonly ResponseRule[] | undefined;
};

export type PrunedResponse = { readonly content: string; readonly report: PruneReport };

/** Longer texts are not parsed: they are cut as text. */
const jsonBytesMax = 32_000_000;

/**
 * Reduces a tool result that is too large for a session. Valid JSON stays valid JSON; error messages stay;
 * what was left out is said and can be found by its handle. A result that is small enough, or that would not
 * become smaller, comes back as it was.
 * @throws RangeError for an option out of bounds.
 */
export function pruneResponse(content: string, options: PruneResponseOptions = {}): PrunedResponse {
  const asked = resolveOptions('pruneResponse', pruneResponseBounds, options);
  const bounds = {
    ...asked,
    bytesTarget: Math.min(asked.bytesTarget, asked.bytesMax),
    schemaBytesMax: Math.min(
      asked.schemaBytesMax,
      Math.max(asked.bytesMax, pruneResponseBounds.schemaBytesMax.min),
    ),
  };
  const bytesBefore = Buffer.byteLength(content);
  const unchanged = reportOf({ rule: 'unchanged', content, bytesBefore, next: content, handle: null });
  const repeat = findRepeat(content, { bytesBefore, bytesMin: bounds.repeatBytesMin, options });
  if (repeat !== null) return repeat;
  if (bytesBefore <= bounds.bytesMax || isShortened(content, bounds)) return { content, report: unchanged };

  const handle = contentHandle(content);
  const value = bytesBefore <= jsonBytesMax ? parseJson(content) : undefined;
  const about = { toolName: options.toolName ?? '', action: options.action ?? '' };
  const shortened =
    value === undefined
      ? shortenText(content, { ...bounds, handle, bytesBefore })
      : shortenJson(value, { ...bounds, handle, bytesBefore, about, rules: options.rules ?? [] });
  if (Buffer.byteLength(shortened.text) >= bytesBefore) return { content, report: unchanged };
  tellHost(options.keep, handle, content);
  return {
    content: shortened.text,
    report: reportOf({ rule: shortened.rule, content, bytesBefore, next: shortened.text, handle }),
  };
}

function findRepeat(
  content: string,
  input: { readonly bytesBefore: number; readonly bytesMin: number; readonly options: PruneResponseOptions },
): PrunedResponse | null {
  const { seen, toolName, keep } = input.options;
  if (seen === undefined || input.bytesBefore < input.bytesMin) return null;
  const carried = findHandle(content);
  if (carried !== null) {
    seen.set(carried, toolName ?? 'an earlier call');
    return null;
  }
  const handle = contentHandle(content);
  const first = seen.get(handle);
  if (first === undefined) {
    seen.set(handle, toolName === undefined || toolName === '' ? 'an earlier call' : toolName);
    return null;
  }
  const note = `Same result as before from ${first}: ${input.bytesBefore} bytes, unchanged (${handle}).`;
  // What began like JSON is read as JSON by whoever asked for it.
  const next = /^\s*[[{]/.test(content) ? JSON.stringify({ pruned: note }) : note;
  tellHost(keep, handle, content);
  return {
    content: next,
    report: reportOf({ rule: 'repeat', content, bytesBefore: input.bytesBefore, next, handle }),
  };
}

/** A JSON object or array; undefined for any other text. */
function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) || Array.isArray(value) ? value : undefined;
  } catch {
    // Cut off, or only like JSON: it is shortened as text.
    return undefined;
  }
}

function reportOf(input: {
  readonly rule: string;
  readonly content: string;
  readonly bytesBefore: number;
  readonly next: string;
  readonly handle: string | null;
}): PruneReport {
  return {
    rule: input.rule,
    changed: input.next !== input.content,
    bytesBefore: input.bytesBefore,
    bytesAfter: Buffer.byteLength(input.next),
    tokensBefore: estimateTextTokens(input.content),
    tokensAfter: estimateTextTokens(input.next),
    handle: input.handle,
  };
}

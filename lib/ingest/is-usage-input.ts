import { parseInstant } from '#lib/time/parse-instant.ts';
import { conflictRules, sources, type UsageInput, usageStatuses } from '#lib/usage/usage-event.ts';
import { attributeLimits, durationMsMax, isCost, isPlainObject, tokensMax } from './event-fields.ts';
import { isName, isStorableText } from './event-text.ts';
import { findFreeJsonFault } from './free-json.ts';

type Check = (value: unknown) => boolean;

const name: Check = (value) => typeof value === 'string' && isName(value);
const count: Check = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= tokensMax;
const milliseconds: Check = (value) => typeof value === 'number' && value >= 0 && value <= durationMsMax;
const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value);

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['type', (value) => value === 'usage'],
  ['id', name],
  [
    'ts',
    (value) =>
      typeof value === 'string' && parseInstant(value, { earliestMs: Number.NEGATIVE_INFINITY }) !== null,
  ],
  ['agent', name],
  ['provider', name],
  ['model', name],
  ['inputTokens', count],
  ['outputTokens', count],
]);
const required = checks.size;

const optionalChecks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['session', name],
  ['source', oneOf(sources)],
  ['requestedModel', name],
  ['cacheReadTokens', count],
  ['cacheWriteTokens', (value) => count(value) || isCacheWrites(value)],
  ['reasoningTokens', count],
  ['inputIncludesCache', (value) => typeof value === 'boolean'],
  ['costUsd', (value) => (typeof value === 'string' || typeof value === 'number') && isCost(value)],
  ['latencyMs', milliseconds],
  ['ttftMs', milliseconds],
  ['status', oneOf(usageStatuses)],
  ['error', (value) => typeof value === 'string' && isStorableText(value)],
  ['requestBytes', count],
  ['responseBytes', count],
  ['holdId', name],
  ['attributes', (value) => isPlainObject(value) && findFreeJsonFault(value, attributeLimits) === null],
  ['onConflict', oneOf(conflictRules)],
]);

/**
 * Says exactly what `usageInput` says (a property test holds them together) at a fifth of the time:
 * 0.6 to 0.8 µs an event against 3.5. The schema explains what this refuses.
 */
export function isUsageInput(value: unknown): value is UsageInput {
  if (!isPlainObject(value)) return false;
  let found = 0;
  for (const key in value) {
    const member = value[key];
    const check = checks.get(key);
    if (check !== undefined) {
      if (!check(member)) return false;
      found++;
    } else {
      const optional = optionalChecks.get(key);
      if (optional === undefined || !(member === null || member === undefined || optional(member)))
        return false;
    }
  }
  return found === required;
}

function isCacheWrites(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
  for (const key in value) {
    const member = value[key];
    if (key !== '5m' && key !== '1h') return false;
    if (!(member === null || member === undefined || count(member))) return false;
  }
  return true;
}

import { conflictRules, sources, type UsageInput, usageStatuses } from '#lib/usage/usage-event.ts';
import { isCost } from './event-fields.ts';
import { isStorableText } from './event-text.ts';
import {
  isAttributes,
  isCount,
  isInstant,
  isMilliseconds,
  isNameValue,
  isOneOf,
  objectCheck,
} from './field-checks.ts';

const isCacheWrites = objectCheck({ required: {}, optional: { '5m': isCount, '1h': isCount } });

const isUsage = objectCheck({
  required: {
    type: (value) => value === 'usage',
    id: isNameValue,
    ts: isInstant,
    agent: isNameValue,
    provider: isNameValue,
    model: isNameValue,
    inputTokens: isCount,
    outputTokens: isCount,
  },
  optional: {
    session: isNameValue,
    source: isOneOf(sources),
    requestedModel: isNameValue,
    cacheReadTokens: isCount,
    cacheWriteTokens: (value) => isCount(value) || isCacheWrites(value),
    reasoningTokens: isCount,
    inputIncludesCache: (value) => typeof value === 'boolean',
    costUsd: (value) => (typeof value === 'string' || typeof value === 'number') && isCost(value),
    latencyMs: isMilliseconds,
    ttftMs: isMilliseconds,
    status: isOneOf(usageStatuses),
    error: (value) => typeof value === 'string' && isStorableText(value),
    requestBytes: isCount,
    responseBytes: isCount,
    holdId: isNameValue,
    attributes: isAttributes,
    onConflict: isOneOf(conflictRules),
  },
});

/**
 * Says exactly what `usageInput` says (a property test holds them together) at a fifth of the time:
 * 0.6 to 0.8 µs an event against 3.5. The schema explains what this refuses.
 */
export function isUsageInput(value: unknown): value is UsageInput {
  return isUsage(value);
}

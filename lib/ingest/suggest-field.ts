/** What model providers and other meters call our fields, letters and digits only. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['timestamp', 'ts'],
  ['time', 'ts'],
  ['eventid', 'id'],
  ['agentname', 'agent'],
  ['sessionid', 'session'],
  ['conversationid', 'session'],
  ['modelname', 'model'],
  ['prompttokens', 'inputTokens'],
  ['completiontokens', 'outputTokens'],
  ['cachedtokens', 'cacheReadTokens'],
  ['cachereadinputtokens', 'cacheReadTokens'],
  ['cachecreationinputtokens', 'cacheWriteTokens'],
  ['cachecreationtokens', 'cacheWriteTokens'],
  ['cost', 'costUsd'],
  ['latency', 'latencyMs'],
  ['duration', 'durationMs'],
  ['metadata', 'attributes'],
  ['text', 'content'],
]);

/**
 * The field of `known` that a sender most likely meant: the same letters with other separators or case, one
 * letter more, less or other, or another meter's name for it. `null` when nothing is near.
 */
export function suggestField(key: string, known: readonly string[]): string | null {
  if (key.length > 60) return null;
  const letters = lettersOf(key);
  const other = otherNames.get(letters);
  if (other !== undefined && known.includes(other)) return other;
  return known.find((name) => isNear(lettersOf(name), letters)) ?? null;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function isNear(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length);
  const shorter = Math.min(a.length, b.length);
  if (longer - shorter > 1) return false;
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  // Of two letters one is half the name, so a short name must be the same.
  return longer - start - end <= (longer < 4 ? 0 : 1);
}

/**
 * A shell line that posts one usage event. Its time and id are made when it is run, so that it may be pasted
 * again. `key` may be a shell variable such as `$PLIMSOLL_KEY`.
 */
export function ingestCurl({ origin, key }: { readonly origin: string; readonly key: string }): string {
  const event = [
    `"type":"usage"`,
    `"id":"try-'"$(date +%s)"'"`,
    `"ts":"'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'"`,
    `"agent":"my-agent"`,
    `"session":"first-session"`,
    `"provider":"anthropic"`,
    `"model":"claude-sonnet-4-5"`,
    `"inputTokens":12000`,
    `"outputTokens":350`,
  ].join(',');
  return [
    `curl -sS ${origin}/api/ingest`,
    `  -H "Authorization: Bearer ${key}"`,
    `  -H 'Content-Type: application/json'`,
    `  -d '{${event}}'`,
  ].join(' \\\n');
}

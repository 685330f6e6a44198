/**
 * What is printed once the app serves. The first line stands alone and is exact, for programs that wait.
 * @param {{ url: string, signInUrl: string, loginToken: string, localKey: string, now: Date }} facts
 */
export function formatWelcome({ url, signInUrl, loginToken, localKey, now }) {
  const event = {
    type: 'usage',
    id: `hello-${now.getTime()}`,
    ts: now.toISOString(),
    agent: 'hello',
    session: 'hello',
    source: 'direct',
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    inputTokens: 1200,
    outputTokens: 350,
  };
  return `ready ${url}

sign in   ${signInUrl}/login#token=${loginToken}
          works once, within 30 minutes; for another: npm run login

try it    paste this in another terminal (the same event twice is counted once):
curl -sS '${url}/api/ingest' -H 'authorization: Bearer ${localKey}' -H 'content-type: application/json' -d '${JSON.stringify(event)}'

Ctrl-C stops it.
`;
}

import type { WhatIfRules } from '#lib/client/what-if-query.ts';

/** The toolkit's configuration that does what was replayed, to be copied into an agent. */
export function whatIfCode(rules: WhatIfRules): string {
  const sessions = [
    rules.resultBytesMax === undefined ? '' : `resultBytesMax: ${Number(rules.resultBytesMax)}`,
    rules.historyBytesMax === undefined ? '' : `bytesMax: ${Number(rules.historyBytesMax)}`,
  ].filter(Boolean);
  const context =
    rules.contextTokensMax === undefined
      ? ''
      : `, { context: { tokensMax: ${Number(rules.contextTokensMax)}, messagesMax: 100_000 } }`;
  return [
    "import { aiSdkMiddleware, createPlimsoll, HistoryTrimmer } from 'plimsoll/agent';",
    '',
    'const plimsoll = createPlimsoll({',
    "  url: 'http://127.0.0.1:3000',",
    '  key: process.env.PLIMSOLL_KEY,',
    ...(sessions.length === 0 ? [] : [`  sessions: { ${sessions.join(', ')} },`]),
    '});',
    `const middleware = aiSdkMiddleware(plimsoll${context});`,
    ...(rules.pairsMax === undefined
      ? []
      : [`const trimmer = new HistoryTrimmer({ pairsMax: ${Number(rules.pairsMax)} });`]),
    ...(rules.model === undefined ? [] : [`// model: ${rules.model}`]),
  ]
    .join('\n')
    .replace(rules.pairsMax === undefined ? ', HistoryTrimmer' : '\u0000', '');
}

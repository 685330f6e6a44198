/** So many characters as keys are made of. */
export const letters = (count: number) => 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY'.repeat(9).slice(0, count);
const capitals = (count: number) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.slice(0, count);

// Put together here, so that no scanner takes this file for a leak.
/** Secrets of each rule, as they stand in texts. */
export const secretSamples: readonly (readonly [rule: string, text: string])[] = [
  [
    'private-key',
    `-----BEGIN RSA PRIVATE KEY-----\n${letters(64)}\n${letters(64)}\n-----END RSA PRIVATE KEY-----`,
  ],
  ['private-key', `-----BEGIN PRIVATE KEY-----\n${letters(64)}\n${letters(64)}\n${letters(30)}`],
  [
    'private-key',
    `-----BEGIN PRIVATE KEY-----\\n${letters(64)}\\n${letters(30)}==\\n-----END PRIVATE KEY-----`,
  ],
  [
    'private-key',
    `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B2C\n\n${letters(64)}\n-----END RSA PRIVATE KEY-----`,
  ],
  ['plimsoll-key', `plim_${letters(43)}`],
  ['anthropic-key', `sk-ant-api03-${letters(90)}`],
  ['openrouter-key', `sk-or-v1-${'0123456789abcdef'.repeat(4)}`],
  ['openai-key', `sk-proj-${letters(120)}`],
  ['openai-key', `sk-${letters(48)}`],
  ['openai-key', `sk-${'0123456789abcdef'.repeat(2)}`],
  ['aws-access-key', `AKIA${capitals(16)}`],
  ['aws-secret-key', `aws_secret_access_key = ${letters(40)}`],
  ['aws-secret-key', `\\"SecretAccessKey\\": \\"${letters(40)}`],
  ['github-token', `ghp_${letters(36)}`],
  ['github-token', `github_pat_${letters(82)}`],
  ['gitlab-token', `glpat-${letters(20)}`],
  ['google-api-key', `AIza${letters(35)}`],
  ['google-oauth-token', `ya29.${letters(60)}`],
  ['slack-token', `xoxb-123456789012-123456789012-${letters(24)}`],
  ['slack-webhook', `https://hooks.slack.com/services/T00000000/B00000000/${letters(24)}`],
  ['stripe-key', `sk_live_${letters(24)}`],
  ['npm-token', `npm_${letters(36)}`],
  ['pypi-token', `pypi-AgE${letters(80)}`],
  ['hugging-face-token', `hf_${letters(34)}`],
  ['sendgrid-key', `SG.${letters(22)}.${letters(43)}`],
  ['twilio-key', `SK${'0123456789abcdef'.repeat(2)}`],
  ['telegram-token', `123456789:AA${letters(33)}`],
  ['groq-key', `gsk_${letters(52)}`],
  ['xai-key', `xai-${letters(80)}`],
  ['jwt', `eyJ${letters(20)}.eyJ${letters(40)}.${letters(43)}`],
  ['bearer-token', `Authorization: Bearer ${letters(40)}`],
  ['bearer-token', `\\"Authorization\\": \\"Bearer ${letters(40)}`],
  ['basic-credentials', 'authorization: Basic dXNlcjpwYXNzd29yZDEyMw=='],
  ['url-password', 'redis://:hunter22@localhost:6379'],
  ['url-password', 'postgres://admin:hunter22@db.internal/app'],
];

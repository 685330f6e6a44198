export type SecretRule = {
  readonly name: string;
  /** What every match of the pattern has in it, cheap to look for: the pattern runs only where this is found. */
  readonly head: RegExp;
  /** Linear in the text: every repetition is bounded or ends at a character of another class. */
  readonly pattern: RegExp;
  /** What the replacement keeps: the groups `before` and `after` of the pattern. */
  readonly keeps?: true;
};

/** Known shapes of credentials, from their issuers' documentation. The more specific come first. */
export const secretRules: readonly SecretRule[] = [
  {
    name: 'private-key',
    head: /-----BEGIN /,
    // Also one that was cut off, and one with header lines; in JSON its newlines are a backslash and an n.
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr]){0,8}(?:[A-Za-z-]{1,30}: [^\n\\]{0,100}(?:\s|\\[nr]){1,8}){0,4}[A-Za-z0-9+/=]{16,16000}(?:(?:\s|\\[nr]){1,8}[A-Za-z0-9+/=]{16,200}){0,400}(?:(?:(?:\s|\\[nr]){1,8}[A-Za-z0-9+/=]{0,76}){0,3}-----END [A-Z0-9 ]{8,60}-----)?/g,
  },
  {
    name: 'plimsoll-key',
    head: /plim_[A-Za-z0-9_-]{43}/,
    pattern: fromWordStart(/plim_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g),
  },
  {
    name: 'anthropic-key',
    head: /sk-ant-/,
    pattern: fromWordStart(/sk-ant-[a-z0-9]{2,10}-[A-Za-z0-9_-]{20,200}/g),
  },
  { name: 'openrouter-key', head: /sk-or-v/, pattern: fromWordStart(/sk-or-v\d-[A-Za-z0-9]{32,128}/g) },
  {
    name: 'openai-key',
    head: /sk-(?:(?:proj|svcacct|admin|None)-|[A-Za-z0-9]{32})/,
    pattern: fromWordStart(
      /sk-(?:(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,250}|[A-Za-z0-9]{32,64})(?![A-Za-z0-9_-])/g,
    ),
  },
  {
    name: 'aws-access-key',
    head: /A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}/,
    pattern: fromWordStart(/(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g),
  },
  {
    name: 'aws-secret-key',
    head: /secret_?(?:access_?)?key/i,
    pattern:
      /(?<before>(?:aws_?secret_?(?:access_?)?key|secret_?access_?key)[\\"']{0,4}\s{0,3}[:=]\s{0,3}[\\"']{0,4})[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/gi,
    keeps: true,
  },
  {
    name: 'github-token',
    head: /gh[pousr]_[A-Za-z0-9]{36}|github_pat_/,
    pattern: fromWordStart(/(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{60,255})/g),
  },
  {
    name: 'gitlab-token',
    head: /gl(?:pat|rt|dt)-/,
    pattern: fromWordStart(/gl(?:pat|rt|dt)-[A-Za-z0-9_-]{20,64}/g),
  },
  {
    name: 'google-api-key',
    head: /AIza[A-Za-z0-9_-]{35}/,
    pattern: fromWordStart(/AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g),
  },
  { name: 'google-oauth-token', head: /ya29\./, pattern: fromWordStart(/ya29\.[A-Za-z0-9_-]{30,500}/g) },
  {
    name: 'slack-token',
    head: /xox[abeoprs]-|xapp-/,
    pattern: fromWordStart(/(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{20,250}/g),
  },
  {
    name: 'slack-webhook',
    head: /hooks\.slack\.com/,
    pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_+-]{20,120}/g,
  },
  {
    name: 'stripe-key',
    head: /_live_[A-Za-z0-9]{20}/,
    pattern: fromWordStart(/(?:sk|rk)_live_[A-Za-z0-9]{20,250}/g),
  },
  { name: 'npm-token', head: /npm_[A-Za-z0-9]{36}/, pattern: fromWordStart(/npm_[A-Za-z0-9]{36}\b/g) },
  { name: 'pypi-token', head: /pypi-AgE/, pattern: fromWordStart(/pypi-AgE[A-Za-z0-9_-]{50,1000}/g) },
  {
    name: 'hugging-face-token',
    head: /hf_[A-Za-z0-9]{30}/,
    pattern: fromWordStart(/hf_[A-Za-z0-9]{30,64}\b/g),
  },
  {
    name: 'sendgrid-key',
    head: /SG\.[A-Za-z0-9_-]{16}/,
    pattern: fromWordStart(/SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}/g),
  },
  { name: 'twilio-key', head: /SK[0-9a-f]{32}/, pattern: fromWordStart(/SK[0-9a-f]{32}\b/g) },
  {
    name: 'telegram-token',
    head: /:AA[A-Za-z0-9_-]{33}/,
    pattern: fromWordStart(/\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/g),
  },
  { name: 'groq-key', head: /gsk_[A-Za-z0-9]{40}/, pattern: fromWordStart(/gsk_[A-Za-z0-9]{40,64}\b/g) },
  { name: 'xai-key', head: /xai-[A-Za-z0-9]{60}/, pattern: fromWordStart(/xai-[A-Za-z0-9]{60,100}\b/g) },
  {
    name: 'jwt',
    head: /eyJ[A-Za-z0-9_-]{10}/,
    pattern: fromWordStart(/eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{16,1000}/g),
  },
  {
    name: 'bearer-token',
    head: /authorization/i,
    pattern: fromWordStart(
      /(?<before>authorization[\\"']{0,4}\s{0,3}[:=]\s{0,3}[\\"']{0,4}bearer\s{1,3})[A-Za-z0-9._~+/-]{16,4000}=*/gi,
    ),
    keeps: true,
  },
  {
    name: 'basic-credentials',
    head: /authorization/i,
    pattern: fromWordStart(
      /(?<before>authorization[\\"']{0,4}\s{0,3}[:=]\s{0,3}[\\"']{0,4}basic\s{1,3})[A-Za-z0-9+/]{6,1000}={0,2}/gi,
    ),
    keeps: true,
  },
  {
    name: 'url-password',
    head: /:\/\/[^\s:/@"'<>]{0,100}:[^\s:/@"'<>[\]]{3,200}@/,
    pattern: /(?<before>:\/\/[^\s:/@"'<>]{0,100}:)[^\s:/@"'<>[\]]{3,200}(?<after>@[A-Za-z0-9[])/g,
    keeps: true,
  },
];

/**
 * Not inside a word: but the letter of an escaped newline or tab is not part of one, and keys often follow it in
 * tool results, which are JSON in a string.
 */
function fromWordStart(pattern: RegExp): RegExp {
  return new RegExp(String.raw`(?<!\w(?<!\\[nrt]))(?:${pattern.source})`, pattern.flags);
}

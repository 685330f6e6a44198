export type SecretRule = {
  readonly name: string;
  /** Cheap test: the pattern runs only where one of these occurs. Lower case. */
  readonly keywords: readonly string[];
  /** Linear in the text: every repetition is bounded or ends at a character of another class. */
  readonly pattern: RegExp;
  /** What the replacement keeps: the groups `before` and `after` of the pattern. */
  readonly keeps?: true;
};

/** Known shapes of credentials, from their issuers' documentation. The more specific come first. */
export const secretRules: readonly SecretRule[] = [
  {
    name: 'private-key',
    keywords: ['-----begin'],
    pattern:
      /-----BEGIN (?:[A-Z]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----[^-]{16,16000}-----END [A-Z ]{8,60}-----/g,
  },
  { name: 'plimsoll-key', keywords: ['plim_'], pattern: /\bplim_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g },
  { name: 'anthropic-key', keywords: ['sk-ant-'], pattern: /\bsk-ant-[a-z0-9]{2,10}-[A-Za-z0-9_-]{20,200}/g },
  { name: 'openrouter-key', keywords: ['sk-or-'], pattern: /\bsk-or-v\d-[A-Za-z0-9]{32,128}/g },
  {
    name: 'openai-key',
    keywords: ['sk-'],
    pattern:
      /\bsk-(?:(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,250}|[A-Za-z0-9]{40,64})(?![A-Za-z0-9_-])/g,
  },
  {
    name: 'aws-access-key',
    keywords: ['akia', 'asia', 'abia', 'acca'],
    pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g,
  },
  {
    name: 'aws-secret-key',
    keywords: ['aws_secret', 'secretaccesskey', 'secret_access_key'],
    pattern:
      /(?<before>(?:aws_?secret_?(?:access_?)?key|secret_?access_?key)["']?\s{0,3}[:=]\s{0,3}["']?)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/gi,
    keeps: true,
  },
  {
    name: 'github-token',
    keywords: ['gh', 'github_pat_'],
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{60,255})/g,
  },
  {
    name: 'gitlab-token',
    keywords: ['glpat-', 'glrt-', 'gldt-'],
    pattern: /\bgl(?:pat|rt|dt)-[A-Za-z0-9_-]{20,64}/g,
  },
  { name: 'google-api-key', keywords: ['aiza'], pattern: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g },
  { name: 'google-oauth-token', keywords: ['ya29.'], pattern: /\bya29\.[A-Za-z0-9_-]{30,500}/g },
  {
    name: 'slack-token',
    keywords: ['xox', 'xapp-'],
    pattern: /\b(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{20,250}/g,
  },
  {
    name: 'slack-webhook',
    keywords: ['hooks.slack.com'],
    pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_+-]{20,120}/g,
  },
  { name: 'stripe-key', keywords: ['_live_'], pattern: /\b(?:sk|rk)_live_[A-Za-z0-9]{20,250}/g },
  { name: 'npm-token', keywords: ['npm_'], pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { name: 'pypi-token', keywords: ['pypi-'], pattern: /\bpypi-AgE[A-Za-z0-9_-]{50,1000}/g },
  { name: 'hugging-face-token', keywords: ['hf_'], pattern: /\bhf_[A-Za-z0-9]{30,64}\b/g },
  { name: 'sendgrid-key', keywords: ['sg.'], pattern: /\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}/g },
  { name: 'twilio-key', keywords: ['sk'], pattern: /\bSK[0-9a-f]{32}\b/g },
  { name: 'telegram-token', keywords: [':aa'], pattern: /\b\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/g },
  { name: 'groq-key', keywords: ['gsk_'], pattern: /\bgsk_[A-Za-z0-9]{40,64}\b/g },
  { name: 'xai-key', keywords: ['xai-'], pattern: /\bxai-[A-Za-z0-9]{60,100}\b/g },
  {
    name: 'jwt',
    keywords: ['eyj'],
    pattern: /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{16,1000}/g,
  },
  {
    name: 'bearer-token',
    keywords: ['bearer '],
    pattern:
      /(?<before>\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?bearer\s{1,3})[A-Za-z0-9._~+/-]{16,4000}=*/gi,
    keeps: true,
  },
  {
    name: 'url-password',
    keywords: ['://'],
    pattern:
      /(?<before>\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'<>]{1,100}:)[^\s:/@"'<>[\]]{3,200}(?<after>@[A-Za-z0-9[])/gi,
    keeps: true,
  },
];

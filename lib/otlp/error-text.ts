import { redactSecrets } from '#lib/chat/redact-secrets.ts';

/** Far more than is kept of an error, so that no secret is cut in two before it is found. */
const charsMax = 20_000;

/** What a client says of an error, as an event may carry it: providers put the key that they refuse into it. */
export function toErrorText(text: string, { redact }: { readonly redact: boolean }): string {
  const clean = text.slice(0, charsMax).toWellFormed().replaceAll('\0', '');
  return redact ? redactSecrets(clean).text : clean;
}

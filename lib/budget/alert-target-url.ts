import { z } from 'zod';

const urlCharactersMax = 2_000;

/**
 * Where alerts may be sent: http or https, without a name and password in it. Receivers on the same machine
 * or network are what many have, so private addresses are fine; link-local ones, where clouds keep the
 * credentials of machines, are not, neither here nor when a name leads there.
 */
export function findTargetUrlFault(text: string): string | null {
  if (text.length > urlCharactersMax) return 'Expected a shorter address';
  if (!URL.canParse(text)) return 'Expected an address like https://example.org/hook';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'Expected http or https';
  if (url.username !== '' || url.password !== '') return 'Expected no name and password in the address';
  return isForbiddenAddress(url.hostname.replace(/^\[|\]$/g, '')) ? 'Expected the address of a host' : null;
}

/** Link-local, unspecified, multicast and broadcast addresses; a name is none. */
export function isForbiddenAddress(address: string): boolean {
  const plain = address.toLowerCase().replace(/^(?:::ffff:|64:ff9b::|::)(?=[^:]*[.:])/, '');
  const octets = toDotted(plain).split('.').map(Number);
  if (octets.length === 4 && octets.every((octet) => Number.isInteger(octet) && octet >= 0 && octet <= 255)) {
    const [first = 0, second = 0] = octets;
    return first === 0 || first >= 224 || (first === 169 && second === 254);
  }
  if (!plain.includes(':')) return false;
  return plain === '::' || /^fe[89ab]/.test(plain) || plain.startsWith('ff') || plain === 'fd00:ec2::254';
}

/** An IPv4 address in the last two groups of an IPv6 one, whose prefix is gone: a9fe:a9fe is 169.254.169.254. */
function toDotted(text: string): string {
  const [, high, low] = /^([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text) ?? [];
  if (high === undefined || low === undefined) return text;
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}

/** `POST /api/alerts/targets` */
export const newAlertTarget = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .refine((name) => !name.includes('\0') && name.isWellFormed(), 'Expected text without U+0000'),
  kind: z.enum(['webhook', 'slack']).describe('`slack`: any receiver of Slack-compatible incoming webhooks.'),
  url: z.string().superRefine((url, context) => {
    const fault = findTargetUrlFault(url);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  }),
});
export type NewAlertTarget = Readonly<z.output<typeof newAlertTarget>>;

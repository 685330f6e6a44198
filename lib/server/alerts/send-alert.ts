import 'server-only';
import { createHmac } from 'node:crypto';
import { lookup as lookupHost } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { ClaimedDelivery } from '#db/queries/claim-deliveries.ts';
import { isForbiddenAddress } from '#lib/budget/alert-target-url.ts';

const timeoutMs = 5_000;
const answerBytesMax = 4_096;

/**
 * Posts one message to its target, signed. Any 2xx is a success; redirects are not followed. The address
 * that is connected to is the one that was checked, so that a name cannot be pointed elsewhere in between.
 * @throws Error that says why it was not delivered, fit to be shown
 */
export async function sendAlert(delivery: ClaimedDelivery, nowMs: number): Promise<void> {
  const body = JSON.stringify(delivery.kind === 'slack' ? toSlack(delivery.payload) : delivery.payload);
  const url = new URL(delivery.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A literal address is connected to without a lookup.
  if (isForbiddenAddress(host)) throw new Error('Its address is link-local or not one of a host.');
  const status = await post(url, body, {
    'Content-Type': 'application/json',
    'User-Agent': 'plimsoll',
    'Plimsoll-Delivery': delivery.id,
    'Plimsoll-Signature': signatureOf(body, { secret: delivery.secret, nowMs }),
  });
  if (status < 200 || status > 299) throw new Error(`It answered ${status}.`);
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 with the target's secret over `<seconds>.<body>`. */
export function signatureOf(
  body: string,
  { secret, nowMs }: { readonly secret: string; readonly nowMs: number },
): string {
  const seconds = Math.floor(nowMs / 1_000);
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}

function toSlack(payload: Readonly<Record<string, unknown>>): { readonly text: string } {
  return { text: `*${escaped(payload['title'])}*\n${escaped(payload['text'])}` };
}

/** As Slack's markup wants it. */
function escaped(text: unknown): string {
  return String(text ?? '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function post(url: URL, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
        lookup: checkedLookup,
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        let bytes = 0;
        response.on('data', (part: Buffer) => {
          bytes += part.length;
          if (bytes > answerBytesMax) response.destroy();
        });
        // What it says is of no interest; its status is.
        response.on('error', () => undefined);
        response.on('close', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.once('error', (error) => reject(new Error(reasonOf(error), { cause: error })));
    sent.end(body);
  });
}

const checkedLookup: LookupFunction = (hostname, options, callback) => {
  lookupHost(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const forbidden = addresses.find(({ address }) => isForbiddenAddress(address));
    const [first] = addresses;
    if (forbidden || first === undefined) {
      return callback(new Error('Its address is link-local or not one of a host.'), '', 0);
    }
    if (options.all === true) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

function reasonOf(error: Error): string {
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return 'It did not answer within 5 seconds.';
  return error.message.slice(0, 300) || 'It cannot be reached.';
}

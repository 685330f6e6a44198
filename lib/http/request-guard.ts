import { isIP } from 'node:net';

export type HostQuestion = {
  /** The Host header as it came. */
  readonly hostHeader: string | null;
  /** The address that the server listens on. */
  readonly boundHost: string;
  readonly publicUrl: string | null;
  /** Further names, exact, with or without a port. */
  readonly allowedHosts: readonly string[];
};

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether we answer for a host name. Stops DNS rebinding, where a page of a foreign name reaches a server on
 * this machine: it would have to name itself. Names are compared exactly but for case; the port plays no
 * part. An address instead of a name is fine once we listen beyond loopback: no name was resolved.
 */
export function isAllowedHost({ hostHeader, boundHost, publicUrl, allowedHosts }: HostQuestion): boolean {
  const host = hostHeader === null ? null : parseHost(hostHeader);
  if (host === null) return false;
  if (loopbackNames.includes(host) || host.endsWith('.localhost')) return true;
  if (host === parseHost(boundHost) || host === parseHost(`[${boundHost}]`)) return true;
  if (publicUrl !== null && host === parseHost(new URL(publicUrl).host)) return true;
  if (!isLoopbackHost(boundHost) && isAddress(host)) return true;
  return allowedHosts.some((allowed) => host === parseHost(allowed));
}

/** Whether an address to listen on is reached from this machine only. */
export function isLoopbackHost(boundHost: string): boolean {
  const host = boundHost.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const hostPattern = new RegExp(`^(\\[[0-9a-f:.]{2,45}\\]|${label}(?:\\.${label})*)(?::[0-9]{1,5})?$`);

/** The name in lower case without its port; null for anything but one plain host. */
function parseHost(text: string): string | null {
  if (text.length > 260) return null;
  return hostPattern.exec(text.toLowerCase())?.[1] ?? null;
}

function isAddress(host: string): boolean {
  return host.startsWith('[') ? isIP(host.slice(1, -1)) === 6 : isIP(host) === 4;
}

export type SiteQuestion = {
  readonly method: string;
  /** The Sec-Fetch-Site header. */
  readonly secFetchSite: string | null;
  /** The Origin header. */
  readonly origin: string | null;
  /** The Host header. */
  readonly host: string | null;
  readonly publicUrl: string | null;
};

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that a browser signed with our cookie comes from our own pages. Sec-Fetch-Site decides
 * where it is sent (page scripts cannot set it), else Origin; a change without either is refused. Requests
 * with a key need no such question. X-Forwarded-Host is never asked.
 */
export function isSameSite({ method, secFetchSite, origin, host, publicUrl }: SiteQuestion): boolean {
  if (safeMethods.has(method)) return true;
  if (secFetchSite !== null) return secFetchSite === 'same-origin' || secFetchSite === 'none';
  const from = parseOrigin(origin);
  if (from === null) return false;
  if (publicUrl !== null && from.origin === new URL(publicUrl).origin) return true;
  // Read with the origin's scheme, so that a default port may be named or not.
  return host !== null && parseOrigin(`${from.protocol}//${host}`)?.host === from.host;
}

function parseOrigin(text: string | null): URL | null {
  if (text === null || !/^https?:\/\/[^/?#@\\\s]+$/i.test(text) || !URL.canParse(text)) return null;
  return new URL(text);
}

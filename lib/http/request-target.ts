export type RequestTarget = {
  /** Path and query, from the first slash on. */
  readonly url: string;
  /** The authority that the target names itself, which then counts instead of the Host header. */
  readonly host: string | null;
};

/**
 * Reads the target of a request line (RFC 9112, section 3.2): `/path?query`, or the whole address that clients
 * send through a proxy. Null for what concerns no address of ours: `*`, `host:port`, other schemes.
 */
export function readRequestTarget(target: string): RequestTarget | null {
  if (target.startsWith('/')) return { url: target, host: null };
  const [, host, rest = ''] = /^https?:\/\/([^/?#@\\\s]+)([/?][^#\s]*)?$/i.exec(target) ?? [];
  if (host === undefined) return null;
  return { url: rest.startsWith('/') ? rest : `/${rest}`, host };
}

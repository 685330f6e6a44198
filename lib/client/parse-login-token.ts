/** The token of a login link's fragment (`#token=…`); null when there is none. */
export function parseLoginToken(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token');
  return token === null || token === '' ? null : token;
}

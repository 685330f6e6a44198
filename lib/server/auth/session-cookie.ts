import 'server-only';

const tokenPattern = /^[A-Za-z0-9_-]{43}$/;
/** The row ends sooner when it is not used; the browser need not know. */
const maxAgeSeconds = 30 * 86_400;

type CookieOptions = { readonly isHttps: boolean };

/** `__Host-` makes browsers refuse the cookie unless it is Secure, for `/`, and set by this very host. */
export function sessionCookieName({ isHttps }: CookieOptions): string {
  return isHttps ? '__Host-plimsoll' : 'plimsoll_session';
}

/** The token in a Cookie header; null when there is none of our form. */
export function readSessionCookie(header: string | null, options: CookieOptions): string | null {
  if (header === null) return null;
  const prefix = `${sessionCookieName(options)}=`;
  for (const part of header.split(';')) {
    const pair = part.trim();
    if (!pair.startsWith(prefix)) continue;
    const token = pair.slice(prefix.length);
    if (tokenPattern.test(token)) return token;
  }
  return null;
}

/** The Set-Cookie header that signs a browser in. */
export function formatSessionCookie(token: string, options: CookieOptions): string {
  return `${sessionCookieName(options)}=${token}; Max-Age=${maxAgeSeconds}; ${attributes(options)}`;
}

/** The Set-Cookie header that removes it. */
export function formatEndedCookie(options: CookieOptions): string {
  return `${sessionCookieName(options)}=; Max-Age=0; ${attributes(options)}`;
}

function attributes({ isHttps }: CookieOptions): string {
  return `Path=/; HttpOnly; SameSite=Strict${isHttps ? '; Secure' : ''}`;
}

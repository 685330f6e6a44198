/** On every answer. Nothing of ours is to be framed, indexed, or fetched by another origin. */
const always = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
} as const;

/** For data and files: they load nothing and run nothing, also when opened as a page. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** For our programs, which a worker obeys instead of its page's: it loads its own pieces and nothing else. */
export const programPolicy = "default-src 'none'; script-src 'self'; frame-ancestors 'none'";

/** For pages: only scripts and style sheets that carry this answer's nonce, and no `style` attributes. */
export function pagePolicy({ nonce, isDev }: { readonly nonce: string; readonly isDev: boolean }): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src 'self'${isDev ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** HSTS only where people come by https: on a plain LAN name it would lock them out. */
export function securityHeaders({
  isHttps,
}: {
  readonly isHttps: boolean;
}): Readonly<Record<string, string>> {
  return isHttps ? { ...always, 'Strict-Transport-Security': 'max-age=31536000' } : always;
}

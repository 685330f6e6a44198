import 'server-only';
import type { KeyScope } from '#lib/settings/key-scope.ts';

/** Who asks: a key, or a browser that signed in. */
export type Principal =
  | {
      readonly kind: 'key';
      readonly projectId: number;
      readonly scopes: readonly KeyScope[];
      /** Null for PLIMSOLL_ADMIN_KEY, which has no row. */
      readonly keyId: string | null;
    }
  | {
      readonly kind: 'browser';
      /** The project that it looks at. */
      readonly projectId: number;
      /** Where it signed in: its session row and the password are there. */
      readonly homeProjectId: number;
      readonly scopes: readonly KeyScope[];
      /** SHA-256 of the cookie, hex. */
      readonly sessionHash: string;
    };

/** How a principal is named in the audit. */
export function actorOf(principal: Principal): string {
  if (principal.kind === 'browser') return `browser:${principal.sessionHash.slice(0, 12)}`;
  return principal.keyId === null ? 'admin key' : `key:${principal.keyId}`;
}

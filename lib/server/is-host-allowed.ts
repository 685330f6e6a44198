import 'server-only';
import { env } from '#lib/env.ts';
import { isAllowedHost } from '#lib/http/request-guard.ts';

/** Names that were allowed before; past this many they are judged anew. */
const knownMax = 64;
const known = new Set<string>();

/** Whether we answer to a Host header, by the environment's settings; see `isAllowedHost`. */
export function isHostAllowed(hostHeader: string | undefined): boolean {
  if (hostHeader === undefined) return false;
  if (known.has(hostHeader)) return true;
  const { HOST, PLIMSOLL_PUBLIC_URL, PLIMSOLL_ALLOWED_HOSTS } = env();
  const isAllowed = isAllowedHost({
    hostHeader,
    boundHost: HOST,
    publicUrl: PLIMSOLL_PUBLIC_URL ?? null,
    allowedHosts: PLIMSOLL_ALLOWED_HOSTS?.split(',').map((name) => name.trim()) ?? [],
  });
  if (isAllowed && known.size < knownMax) known.add(hostHeader);
  return isAllowed;
}

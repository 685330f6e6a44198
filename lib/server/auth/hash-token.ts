import 'server-only';
import { createHash, randomBytes } from 'node:crypto';

/** A secret of 256 bits as 43 base64url characters. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * SHA-256 in hex: what is stored and looked up instead of a random secret. Comparing such hashes tells an
 * attacker nothing through time, because no one can choose a secret by the beginning of its hash.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

import 'server-only';
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's lowest advice for scrypt in 32 MiB; about 60 ms. */
const cost = { log2N: 15, r: 8, p: 1 } as const;
const hashBytes = 32;
const saltBytes = 16;
/** OpenSSL wants a little more than the 128 * N * r bytes of its table. */
const memoryMaxBytes = 64 * 1_048_576;

/** `scrypt$15$8$1$<salt>$<hash>`, so that old hashes stay readable when the cost is raised. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(password, salt);
  const { log2N, r, p } = cost;
  return ['scrypt', log2N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

const storedPattern = /^scrypt\$15\$8\$1\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/;

/**
 * Whether this is the password, in a time that does not depend on it.
 * @throws Error when what is stored is no hash of ours.
 */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, salt, hash] = storedPattern.exec(stored) ?? [];
  if (salt === undefined || hash === undefined) throw new Error('The stored password hash is unreadable.');
  const derived = await derive(password, Buffer.from(salt, 'base64url'));
  return timingSafeEqual(derived, Buffer.from(hash, 'base64url'));
}

let last: Promise<unknown> = Promise.resolve();

/** One at a time: each takes a thread of the pool, which also unpacks the ingest path's bodies. */
function derive(password: string, salt: Buffer): Promise<Buffer> {
  const turn = last.then(() => deriveNow(password, salt));
  last = turn.catch(() => undefined);
  return turn;
}

function deriveNow(password: string, salt: Buffer): Promise<Buffer> {
  const options = { N: 2 ** cost.log2N, r: cost.r, p: cost.p, maxmem: memoryMaxBytes };
  // Normalised, because keyboards differ in how they write the same letter.
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}

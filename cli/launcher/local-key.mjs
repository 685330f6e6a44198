import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { keepSecret } from './private-file.mjs';

/**
 * The API key of this installation, made at the first start: for the printed curl line and for tools on
 * this machine.
 * @param {string} dataDir
 */
export function keepLocalKey(dataDir) {
  return keepSecret(join(dataDir, 'local-key'), {
    pattern: /^plim_[A-Za-z0-9_-]{43}$/,
    make: () => `plim_${randomBytes(32).toString('base64url')}`,
  });
}

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A new empty folder. As root it may be entered by others, as the account that runs Postgres must.
 * @returns {Promise<{ path: string, remove: () => Promise<void> }>}
 */
export async function makeTemporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'plimsoll-test-'));
  if (process.getuid?.() === 0) await chmod(path, 0o711);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

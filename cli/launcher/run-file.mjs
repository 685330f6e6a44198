import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from './private-file.mjs';

/**
 * Tells other commands where the running app and its database are: `<dataDir>/run.json`, readable by its
 * owner only. After a kill it stays behind, so a reader checks that `pid` still runs.
 * @param {string} dataDir
 * @param {{ pid: number, url: string, databaseUrl: string }} facts
 * @returns {Promise<() => void>} removes it
 */
export async function writeRunFile(dataDir, facts) {
  const path = join(dataDir, 'run.json');
  await writePrivateFile(path, `${JSON.stringify(facts, null, 2)}\n`);
  return () => rmSync(path, { force: true });
}

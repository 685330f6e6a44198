import { open, readFile, rename } from 'node:fs/promises';
import { errorCode } from './error-code.mjs';

/**
 * Replaces a file that only its owner may read. Readers see the old text or the new one, never a half.
 * @param {string} path
 * @param {string} text
 */
export async function writePrivateFile(path, text) {
  const draft = `${path}.${process.pid}.new`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

/**
 * The text of a file, or null when there is none.
 * @param {string} path
 */
export async function findText(path) {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw error;
  }
}

/**
 * A secret that is made once and then kept. A file that does not hold one (cut short by a power loss) is
 * replaced.
 * @param {string} path
 * @param {{ pattern: RegExp, make: () => string }} options
 */
export async function keepSecret(path, { pattern, make }) {
  const kept = (await findText(path))?.trim() ?? '';
  if (pattern.test(kept)) return kept;
  const secret = make();
  await writePrivateFile(path, `${secret}\n`);
  return secret;
}

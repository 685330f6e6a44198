import { copyFile, stat, truncate } from 'node:fs/promises';
import { errorCode } from './error-code.mjs';

const logBytesMax = 8 * 1024 * 1024;
const checkEveryMs = 60_000;

/**
 * Keeps a log that another process appends to under about 8 MiB, with one older part beside it. Lines
 * written between the copy and the cut are lost; the file cannot be renamed under its writer.
 * @param {string} path
 * @returns {() => void} stops it
 */
export function boundLog(path) {
  const check = async () => {
    try {
      if ((await stat(path)).size <= logBytesMax) return;
      await copyFile(path, `${path}.1`);
      await truncate(path);
    } catch (error) {
      // A full disk or a removed folder must not end the launcher for the sake of its log.
      if (errorCode(error) !== 'ENOENT') process.emitWarning(`${path} was not shortened: ${String(error)}`);
    }
  };
  void check();
  const timer = setInterval(() => void check(), checkEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

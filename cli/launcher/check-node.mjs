import { LaunchError } from './launch-error.mjs';

/**
 * @param {readonly [number, number]} least major and minor version of Node
 * @param {string} [present]
 * @throws {LaunchError} when this Node is older
 */
export function checkNode([major, minor], present = process.versions.node) {
  const [presentMajor = 0, presentMinor = 0] = present.split('.').map(Number);
  if (presentMajor > major || (presentMajor === major && presentMinor >= minor)) return;
  throw new LaunchError(
    `Node ${major}.${minor} or later is needed, and this is ${present}. See https://nodejs.org.`,
  );
}

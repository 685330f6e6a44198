import { fileURLToPath } from 'node:url';

/** A folder of hand-made logs. */
export function fixture(path: string): string {
  return fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
}

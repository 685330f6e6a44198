import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * The folder with real logs and their independently computed totals, which is not a part of the project, or
 * null where it is missing: tests that need it then say that they are skipped.
 */
export function findSharedData(): string | null {
  const folder = process.env['PLIMSOLL_SHARED_DATA'] ?? join(repositoryRoot, '../shared/data');
  return existsSync(join(folder, 'transcripts')) ? folder : null;
}

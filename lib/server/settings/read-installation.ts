import 'server-only';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '#db/database.ts';
import { getInstallation } from '#db/queries/get-installation.ts';
import { env } from '#lib/env.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { readSettings, type Settings } from './read-settings.ts';

export type Installation = Settings & {
  readonly version: string;
  readonly database: { readonly kind: 'embedded' | 'external'; readonly version: string };
  readonly counts: { readonly events: number; readonly messages: number; readonly sessions: number };
};

/** What the settings page shows: what is set, and what this installation is and holds. */
export async function readInstallation(db: Database, projectId: number): Promise<Installation> {
  const [settings, row] = await Promise.all([readSettings(db, projectId), getInstallation(db, projectId)]);
  const { events, messages, sessions, serverVersion, dataDirectory } = row;
  return {
    ...settings,
    version: manifest.version,
    database: {
      kind: (await isOurs(dataDirectory)) ? 'embedded' : 'external',
      // Distributions add their own name: "15.14 (Debian 15.14-0+deb12u1)".
      version: serverVersion.split(' ')[0] ?? serverVersion,
    },
    counts: { events, messages, sessions },
  };
}

/** The embedded server keeps its files under the data directory. */
async function isOurs(dataDirectory: string | null): Promise<boolean> {
  if (dataDirectory === null) return false;
  const ours = path.resolve(env().PLIMSOLL_DATA_DIR);
  const real = await realpath(ours).catch(() => ours);
  return dataDirectory.startsWith(`${real}${path.sep}`);
}

import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isFields, textAt } from '#lib/importers/fields.ts';
import { sourceOfKey } from '#lib/importers/openclaw/session-source.ts';
import type { Source } from '#lib/usage/usage-event.ts';

const bytesMax = 64 * 1_048_576;
const none: ReadonlyMap<string, Source> = new Map();

/** Why OpenClaw's sessions ran, from the `sessions.json` beside their files. */
export type OpenClawSources = { of(path: string): Promise<ReadonlyMap<string, Source>> };

export function openclawSources(): OpenClawSources {
  const folders = new Map<string, Promise<ReadonlyMap<string, Source>>>();
  return {
    of: (path) => {
      const folder = dirname(path);
      const known = folders.get(folder) ?? readSources(join(folder, 'sessions.json'));
      folders.set(folder, known);
      return known;
    },
  };
}

async function readSources(path: string): Promise<ReadonlyMap<string, Source>> {
  const about = await stat(path).catch(() => null);
  if (about === null || about.size > bytesMax) return none;
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    const sources = new Map<string, Source>();
    for (const [key, entry] of Object.entries(isFields(value) ? value : {})) {
      const session = isFields(entry) ? textAt(entry, 'sessionId') : null;
      const source = sourceOfKey(key);
      if (session !== null && source !== null) sources.set(session, source);
    }
    return sources;
  } catch {
    // The gateway may be writing it; the prompts still tell heartbeats and cron runs.
    return none;
  }
}

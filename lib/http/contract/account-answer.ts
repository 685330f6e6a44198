import { z } from 'zod';
import { keyScopes } from '#lib/settings/key-scope.ts';
import { projectSettings } from '#lib/settings/project-settings.ts';

const instant = z.iso.datetime();

const keyView = z.object({
  id: z.guid(),
  name: z.string(),
  prefix: z.string().describe('The first 12 characters.'),
  scopes: z.array(z.enum(keyScopes)),
  createdAt: instant,
  lastUsedAt: instant.nullable().describe('Within a minute.'),
  revokedAt: instant.nullable(),
});

/** `GET /api/keys` */
export const keysAnswer = z.object({ keys: z.array(keyView) });

/** `POST /api/keys` */
export const newKeyAnswer = keyView.omit({ lastUsedAt: true, revokedAt: true }).extend({
  key: z.string().describe('The secret. It is answered this once.'),
});

/** `GET /api/login` */
export const loginAnswer = z.object({ passwordSet: z.boolean() });

const count = z.int().min(0);

/** `GET` and `PATCH /api/settings` */
export const settingsAnswer = z.object({
  ...projectSettings.shape,
  passwordSet: z.boolean(),
  version: z.string(),
  database: z.object({ kind: z.enum(['embedded', 'external']), version: z.string() }),
  counts: z.object({ events: count, messages: count, sessions: count }),
});

import * as z from 'zod/mini';
import { keyScopes } from '#lib/settings/key-scope.ts';

/** A key as it is listed: never the secret itself. */
export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.enum(keyScopes)),
  createdAt: z.string(),
  lastUsedAt: z.nullable(z.string()),
  revokedAt: z.nullable(z.string()),
});

export type ApiKey = z.infer<typeof apiKey>;

/** A key just made. `key` is the secret and is never answered again. */
export const newApiKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.enum(keyScopes)),
  createdAt: z.string(),
  key: z.string(),
});

export type NewApiKey = z.infer<typeof newApiKey>;

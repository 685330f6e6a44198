import { keyScopes } from '#lib/settings/key-scope.ts';
import * as shape from './shape.ts';

/** A key as it is listed: never the secret itself. */
export const apiKey = shape.object({
  id: shape.string,
  name: shape.string,
  prefix: shape.string,
  scopes: shape.array(shape.oneOf(keyScopes)),
  createdAt: shape.string,
  lastUsedAt: shape.nullable(shape.string),
  revokedAt: shape.nullable(shape.string),
});

export type ApiKey = shape.ValueOf<typeof apiKey>;

/** A key just made. `key` is the secret and is never answered again. */
export const newApiKey = shape.object({
  id: shape.string,
  name: shape.string,
  prefix: shape.string,
  scopes: shape.array(shape.oneOf(keyScopes)),
  createdAt: shape.string,
  key: shape.string,
});

export type NewApiKey = shape.ValueOf<typeof newApiKey>;

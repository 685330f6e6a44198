import { z } from 'zod';
import { keyScopes } from './key-scope.ts';

/** `POST /api/keys` */
export const newKey = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .refine((name) => !name.includes('\0') && name.isWellFormed(), 'Expected text without U+0000')
    .describe('Says what the key is for.'),
  scopes: z
    .array(z.enum(keyScopes))
    .min(1)
    .max(keyScopes.length)
    .refine((scopes) => new Set(scopes).size === scopes.length, 'Expected each scope once')
    .describe('What it may do; `admin` includes the others.'),
});

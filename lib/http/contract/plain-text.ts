import { z } from 'zod';

/** Text that Postgres can hold: no U+0000, no lone surrogates. Empty text is refused. */
export function plainText(charactersMax: number) {
  return z
    .string()
    .min(1)
    .max(charactersMax)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'Expected text without U+0000');
}

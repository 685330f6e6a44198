import * as z from 'zod/mini';

/** The answer of a 204: no body at all. */
export const nothing = z.undefined();

import { z } from 'zod';

/** A whole number as it stands in an address: digits only, so that `1e3`, ` 5` and an empty text are refused. */
export function wholeNumber({ min, max }: { readonly min: number; readonly max: number }) {
  return z.preprocess(
    (text) => (typeof text === 'string' && /^[0-9]{1,16}$/.test(text) ? Number(text) : text),
    z.int(`Expected a whole number from ${min} to ${max}`).min(min).max(max),
  );
}

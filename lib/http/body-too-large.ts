import { AppError } from '#lib/errors.ts';

/** The refusal of a body that has more bytes than are taken. */
export function bodyTooLarge(bytesMax: number): AppError {
  const message = `The body is more than ${bytesMax} bytes. Send smaller batches, or compress them with gzip.`;
  return new AppError('body_too_large', message, { details: { bytesMax } });
}

import 'server-only';
import { AppError } from '#lib/errors.ts';

/** The last call that was looked at: its time as Postgres writes it, and its key. */
export type RepriceCursor = { readonly tsText: string; readonly key: string };

const form =
  /^(\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?Z)\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function formatRepriceCursor({ tsText, key }: RepriceCursor): string {
  return Buffer.from(`${tsText}|${key}`).toString('base64url');
}

/** @throws AppError `bad_request` for what is not ours */
export function parseRepriceCursor(text: string): RepriceCursor {
  const [, tsText, key] = form.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (tsText === undefined || key === undefined) {
    throw new AppError('bad_request', 'Expected `cursor` to be the `next` of an answer.');
  }
  return { tsText, key };
}

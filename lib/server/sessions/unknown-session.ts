import 'server-only';
import { AppError } from '#lib/errors.ts';

/** The answer for a session that was never sent. */
export function unknownSession(id: string): AppError {
  return new AppError('not_found', `There is no session “${id.slice(0, 200)}”.`);
}

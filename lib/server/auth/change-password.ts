import 'server-only';
import { AppError } from '#lib/errors.ts';
import type { AuthService } from './auth-service.ts';
import { findPasswordHash } from './find-password-hash.ts';
import { verifyPassword } from './password-hash.ts';
import { actorOf, type Principal } from './principal.ts';
import { setPassword } from './set-password.ts';

type PasswordInput = {
  readonly password: string;
  /** Asked for where a password is set already. */
  readonly currentPassword: string | null;
  readonly client: string;
};

/**
 * Sets the sign-in password and signs all other browsers out.
 * @throws AppError `forbidden` when the present password is wrong or missing, `rate_limited`, `conflict`
 */
export async function changePassword(
  service: AuthService,
  by: Principal,
  { password, currentPassword, client }: PasswordInput,
): Promise<void> {
  const projectId = by.kind === 'browser' ? by.homeProjectId : by.projectId;
  const from = await findPasswordHash(service.db, projectId);
  if (from !== null) await confirm(service, { from, currentPassword, client });
  await setPassword(service.db, {
    projectId,
    password,
    from,
    actor: actorOf(by),
    keptSessionHash: by.kind === 'browser' ? by.sessionHash : null,
  });
}

async function confirm(
  service: AuthService,
  input: { readonly from: string; readonly currentPassword: string | null; readonly client: string },
): Promise<void> {
  if (input.currentPassword === null) throw new AppError('forbidden', 'The present password is needed.');
  const giveBack = service.loginLimit.take(input.client, service.nowMs());
  if (!(await verifyPassword(input.currentPassword, input.from))) {
    throw new AppError('forbidden', 'That is not the present password.');
  }
  giveBack();
}

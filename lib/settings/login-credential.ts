import { z } from 'zod';
import { typedPassword } from './new-password.ts';

/** `POST /api/login` */
export const loginCredential = z.union(
  [
    z.strictObject({
      token: z.string().min(1).max(256).describe("A one-time link's token, or PLIMSOLL_ADMIN_KEY."),
    }),
    z.strictObject({ password: typedPassword }),
  ],
  { error: 'Expected either {"token": …} or {"password": …}' },
);

import { z } from 'zod';
import { checkPassword, passwordCharactersMax } from './check-password.ts';

/** A password as somebody types it to be let in. */
export const typedPassword = z
  .string()
  .min(1)
  .max(passwordCharactersMax * 4);

/** `PUT /api/settings/password` */
export const newPassword = z.strictObject({
  password: z
    .string()
    .superRefine((password, context) => {
      const problem = checkPassword({ password, repeated: password });
      if (problem !== null) context.addIssue({ code: 'custom', message: problem.replace(/\.$/, '') });
    })
    .describe('10 to 200 characters.'),
  currentPassword: typedPassword.optional().describe('Needed where a password is set already.'),
});

'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import { changePassword } from '#lib/client/change-password.ts';
import { settingsQuery } from '#lib/client/settings-query.ts';
import { checkPassword } from '#lib/settings/check-password.ts';

const blank = { current: '', password: '', repeated: '' };

/** Sets or changes the password. It is checked as it is typed, once there is something to check. */
export function PasswordSettingForm({ hasPassword }: { readonly hasPassword: boolean }) {
  const [fields, setFields] = useState(blank);
  const queryClient = useQueryClient();
  const showToast = useToast();
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: async () => {
      setFields(blank);
      await queryClient.invalidateQueries({ queryKey: settingsQuery.queryKey });
      showToast('The password is set.');
    },
  });
  const problem = checkPassword(fields);
  const isReady = problem === null && (!hasPassword || fields.current !== '');
  const fieldFor = (field: keyof typeof blank, autoComplete: string) => ({
    type: 'password',
    autoComplete,
    value: fields[field],
    onValueChange: (text: string) => setFields({ ...fields, [field]: text }),
  });
  return (
    <form
      className="flex max-w-sm flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        const current = hasPassword ? { currentPassword: fields.current } : {};
        change.mutate({ password: fields.password, ...current });
      }}
    >
      {change.error === null ? null : <Notice tone="over">{change.error.message}</Notice>}
      <input hidden readOnly type="text" autoComplete="username" value="plimsoll" />
      {hasPassword ? (
        <TextField label="Present password" {...fieldFor('current', 'current-password')} />
      ) : null}
      <TextField
        label="New password"
        note="At least 10 characters."
        {...fieldFor('password', 'new-password')}
      />
      <TextField
        label="New password again"
        problem={fields.password !== '' && problem !== null ? problem : undefined}
        {...fieldFor('repeated', 'new-password')}
      />
      <div>
        <Button type="submit" disabled={!isReady} isBusy={change.isPending} busyLabel="Saving…">
          {hasPassword ? 'Change password' : 'Set password'}
        </Button>
      </div>
    </form>
  );
}

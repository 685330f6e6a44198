'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { logIn } from '#lib/client/log-in.ts';
import { describeLoginFailure } from './describe-login-failure.ts';

/** Signing in by password. */
export function PasswordForm() {
  const [password, setPassword] = useState('');
  const login = useMutation({ mutationFn: logIn, onSuccess: () => window.location.replace('/') });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (password !== '') login.mutate({ password });
      }}
    >
      {login.error === null ? null : (
        <Notice tone="over">{describeLoginFailure({ error: login.error, by: 'password' })}</Notice>
      )}
      <input hidden readOnly type="text" autoComplete="username" value="plimsoll" />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        onValueChange={setPassword}
      />
      <Button
        type="submit"
        tone="main"
        disabled={password === ''}
        isBusy={login.isPending || login.isSuccess}
        busyLabel="Signing in…"
      >
        Sign in
      </Button>
    </form>
  );
}

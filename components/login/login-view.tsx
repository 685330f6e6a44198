'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { PlimsollMark } from '#components/shell/plimsoll-mark.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { logIn } from '#lib/client/log-in.ts';
import { loginQuery } from '#lib/client/login-query.ts';
import { parseLoginToken } from '#lib/client/parse-login-token.ts';
import { describeLoginFailure } from './describe-login-failure.ts';
import { PasswordForm } from './password-form.tsx';

/** Signs in by the link's token at once, or by the password; else says where the link is. */
export function LoginView() {
  const tokenLogin = useTokenLogin();
  const isSigningIn = tokenLogin.isPending || tokenLogin.isSuccess;
  return (
    <main id="content" className="mx-auto flex max-w-md flex-col gap-6 px-4 py-16 md:py-32">
      <h1 className="flex items-center gap-2.5 text-xl font-medium">
        <PlimsollMark size={24} />
        Sign in to Plimsoll
      </h1>
      {isSigningIn ? (
        <LoadingRegion label="Signing you in">
          <p className="text-muted">Signing you in by the link…</p>
        </LoadingRegion>
      ) : (
        <>
          {tokenLogin.error === null ? null : (
            <Notice tone="over">{describeLoginFailure({ error: tokenLogin.error, by: 'link' })}</Notice>
          )}
          <WaysIn />
        </>
      )}
    </main>
  );
}

/** The token is taken out of the address before it is sent, so that no history or screenshot keeps it. */
function useTokenLogin() {
  const login = useMutation({ mutationFn: logIn, onSuccess: () => window.location.replace('/') });
  const { mutate } = login;
  const isSent = useRef(false);
  useEffect(() => {
    const token = parseLoginToken(window.location.hash);
    if (token === null || isSent.current) return;
    isSent.current = true;
    window.history.replaceState(null, '', window.location.pathname);
    mutate({ token });
  }, [mutate]);
  return login;
}

function WaysIn() {
  const { data, error, isFetching, refetch } = useQuery(loginQuery);
  if (error !== null && data === undefined) {
    return (
      <ErrorState
        title="The server did not say how to sign in."
        error={error}
        onRetry={() => refetch()}
        isRetrying={isFetching}
      />
    );
  }
  if (data === undefined) {
    return (
      <LoadingRegion label="Loading">
        <Skeleton className="h-24" />
      </LoadingRegion>
    );
  }
  return (
    <>
      {data.passwordSet ? <PasswordForm /> : null}
      <section className="flex flex-col gap-2 border-t border-hairline pt-4 text-muted">
        <h2 className="font-medium text-ink">
          {data.passwordSet ? 'Or by a link' : 'Open the link from the console'}
        </h2>
        <p>
          When Plimsoll starts it prints a sign-in link in its console. The link works once and for 30
          minutes.
        </p>
        <p>
          For a new one, run <Kbd>npm run login</Kbd> where Plimsoll is installed.
        </p>
      </section>
    </>
  );
}

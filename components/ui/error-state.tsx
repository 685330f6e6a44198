'use client';

import Link from 'next/link';
import { RequestError } from '#lib/client/request-error.ts';
import { Button } from './button.tsx';
import { buttonClassNames } from './button-class-names.ts';

type ErrorStateProps = {
  /** What could not be done, as a sentence: "The sessions could not be loaded." */
  readonly title: string;
  readonly error: Error;
  readonly onRetry: () => void;
  readonly isRetrying?: boolean;
};

/** What failed, why, and the way on: again, or sign in when the session has ended. */
export function ErrorState({ title, error, onRetry, isRetrying = false }: ErrorStateProps) {
  const isSignedOut = error instanceof RequestError && error.code === 'unauthenticated';
  return (
    <div role="alert" className="flex max-w-3xl flex-col items-start gap-3 border-l-2 border-over py-1 pl-4">
      <p className="font-medium">{title}</p>
      <p className="text-muted">
        {isSignedOut ? 'You are signed out, or your sign-in has ended.' : error.message}
      </p>
      {isSignedOut ? (
        <Link href="/login" className={buttonClassNames({ tone: 'main' })}>
          Sign in
        </Link>
      ) : (
        <Button onClick={onRetry} isBusy={isRetrying} busyLabel="Trying again…">
          Try again
        </Button>
      )}
    </div>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { settingsQuery } from '#lib/client/settings-query.ts';
import { PasswordSettingForm } from './password-setting-form.tsx';

/** The sign-in password: set it, or change it. */
export function PasswordSection() {
  const { data, error, isFetching, refetch } = useQuery(settingsQuery);
  return (
    <Section id="password" title="Password" note={noteOf(data?.passwordSet)}>
      {data === undefined && error !== null ? (
        <ErrorState
          title="The settings could not be loaded."
          error={error}
          onRetry={() => refetch()}
          isRetrying={isFetching}
        />
      ) : null}
      {data === undefined && error === null ? (
        <LoadingRegion label="Loading settings">
          <Skeleton className="h-44 max-w-sm" />
        </LoadingRegion>
      ) : null}
      {data === undefined ? null : <PasswordSettingForm hasPassword={data.passwordSet} />}
    </Section>
  );
}

function noteOf(passwordSet: boolean | undefined): string {
  if (passwordSet === undefined) return 'Signing in without the link from the console.';
  return passwordSet
    ? 'A password is set. The link from the console works beside it.'
    : 'No password is set: you sign in by the link from the console. One is needed before Plimsoll listens on other addresses than this machine.';
}

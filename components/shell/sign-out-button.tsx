'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '#components/ui/button.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import { logOut, logOutKey } from '#lib/client/log-out.ts';

type SignOutButtonProps = { readonly tone?: 'plain' | 'bare'; readonly size?: 'regular' | 'small' };

/** Ends this browser's session and leaves by a full load, so that nothing read stays in memory. */
export function SignOutButton({ tone = 'bare', size = 'small' }: SignOutButtonProps) {
  const showToast = useToast();
  const queryClient = useQueryClient();
  const signOut = useMutation({
    mutationKey: logOutKey,
    mutationFn: logOut,
    onMutate: () => queryClient.cancelQueries(),
    onSuccess: () => {
      window.location.assign('/login');
      // It is under way until the page is gone.
      return new Promise(() => {});
    },
    onError: (error) => showToast(`You are still signed in: ${error.message}`),
  });
  return (
    <Button
      tone={tone}
      size={size}
      isBusy={signOut.isPending}
      busyLabel="Signing out…"
      onClick={() => signOut.mutate()}
    >
      Sign out
    </Button>
  );
}

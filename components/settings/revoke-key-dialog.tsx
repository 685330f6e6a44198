'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import type { ApiKey } from '#lib/client/api-key.ts';
import { keysQuery } from '#lib/client/keys-query.ts';
import { revokeKey } from '#lib/client/revoke-key.ts';

type RevokeKeyDialogProps = {
  /** The key in question; null while nothing is asked. */
  readonly apiKey: ApiKey | null;
  readonly onClose: () => void;
};

/** Asks before a key is ended. */
export function RevokeKeyDialog({ apiKey, onClose }: RevokeKeyDialogProps) {
  const queryClient = useQueryClient();
  const showToast = useToast();
  // The name stays in the title while the closed dialog fades.
  const [lastName, setLastName] = useState('');
  if (apiKey !== null && apiKey.name !== lastName) setLastName(apiKey.name);
  const revoke = useMutation({
    mutationFn: revokeKey,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keysQuery.queryKey });
      showToast(`The key “${lastName}” is revoked.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen={apiKey !== null}
      onOpenChange={(isOpen) => {
        if (isOpen) return;
        revoke.reset();
        onClose();
      }}
      title={`Revoke “${lastName}”?`}
      note="Whoever uses it is refused at once. This cannot be undone; what it has sent stays."
      action="Revoke key"
      isBusy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => {
        if (apiKey !== null) revoke.mutate(apiKey.id);
      }}
    />
  );
}

'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Dialog } from '#components/ui/dialog.tsx';
import { createKey } from '#lib/client/create-key.ts';
import { keysQuery } from '#lib/client/keys-query.ts';
import { CreateKeyForm } from './create-key-form.tsx';
import { NewKey } from './new-key.tsx';

type CreateKeyDialogProps = { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void };

/** Name and scopes first, then the key itself, once. */
export function CreateKeyDialog({ isOpen, onOpenChange }: CreateKeyDialogProps) {
  const queryClient = useQueryClient();
  const create = useMutation({
    mutationFn: createKey,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  const close = () => {
    onOpenChange(false);
    create.reset();
  };
  const isMade = create.data !== undefined;
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={close}
      isDismissible={!isMade}
      title={isMade ? 'Copy the key now' : 'Create a key'}
      note={isMade ? 'It is not stored and cannot be shown again.' : undefined}
    >
      {isMade ? (
        <NewKey apiKey={create.data} onDone={close} />
      ) : (
        <CreateKeyForm
          isBusy={create.isPending}
          error={create.error}
          onCancel={close}
          onSubmit={(input) => create.mutate(input)}
        />
      )}
    </Dialog>
  );
}

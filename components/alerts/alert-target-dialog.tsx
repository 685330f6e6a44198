'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { alertTargetsQuery } from '#lib/client/alert-targets-query.ts';
import { createAlertTarget } from '#lib/client/change-alert-target.ts';

type AlertTargetDialogProps = { readonly isOpen: boolean; readonly onClose: () => void };

const kinds = [
  { value: 'webhook', label: 'Webhook' },
  { value: 'slack', label: 'Slack-compatible' },
] as const;

/** Name and address first, then the secret that signs the messages, once. */
export function AlertTargetDialog({ isOpen, onClose }: AlertTargetDialogProps) {
  const queryClient = useQueryClient();
  const create = useMutation({
    mutationFn: createAlertTarget,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: alertTargetsQuery.queryKey }),
  });
  const close = () => {
    create.reset();
    onClose();
  };
  const secret = create.data?.secret;
  return (
    <Dialog
      isOpen={isOpen}
      isDismissible={secret === undefined}
      onOpenChange={(next) => {
        if (!next) close();
      }}
      title={secret === undefined ? 'Add a target' : 'Copy the secret now'}
      note={secret === undefined ? undefined : 'It signs each message and cannot be shown again.'}
    >
      {secret === undefined ? (
        <TargetForm
          isBusy={create.isPending}
          error={create.error}
          onCancel={close}
          onSubmit={(input) => create.mutate(input)}
        />
      ) : (
        <div className="flex flex-col gap-4">
          <CodeBlock what="secret" code={secret} />
          <p className="text-sm text-muted">
            The header <code className="font-mono">Plimsoll-Signature</code> is{' '}
            <code className="font-mono">t=seconds,v1=hex</code>: HMAC-SHA256 with the secret over the seconds,
            a dot and the body. <code className="font-mono">Plimsoll-Delivery</code> stays the same when a
            message is repeated.
          </p>
          <div className="flex justify-end">
            <Button tone="main" onClick={close}>
              Done
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

type TargetInput = { readonly name: string; readonly kind: 'webhook' | 'slack'; readonly url: string };
type TargetFormProps = {
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onCancel: () => void;
  readonly onSubmit: (input: TargetInput) => void;
};

function TargetForm({ isBusy, error, onCancel, onSubmit }: TargetFormProps) {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<'webhook' | 'slack'>('webhook');
  const [url, setUrl] = useState('');
  const isReady = name.trim() !== '' && URL.canParse(url.trim());
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSubmit({ name: name.trim(), kind, url: url.trim() });
      }}
    >
      {error === null ? null : <Notice tone="over">{error.message}</Notice>}
      <TextField label="Name" autoComplete="off" maxLength={100} value={name} onValueChange={setName} />
      <SelectField label="Kind" value={kind} options={kinds} onValueChange={setKind} />
      <TextField
        label="Address"
        note="http or https. Redirects are not followed."
        inputMode="url"
        autoComplete="off"
        value={url}
        onValueChange={setUrl}
        problem={
          url.trim() === '' || URL.canParse(url.trim())
            ? undefined
            : 'Not an address like https://example.org/hook'
        }
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" tone="main" disabled={!isReady} isBusy={isBusy} busyLabel="Adding…">
          Add target
        </Button>
      </div>
    </form>
  );
}

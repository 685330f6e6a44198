'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { CheckboxField } from '#components/ui/checkbox-field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { type KeyScope, keyScopes } from '#lib/settings/key-scope.ts';

type CreateKeyFormProps = {
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onCancel: () => void;
  readonly onSubmit: (input: { readonly name: string; readonly scopes: readonly KeyScope[] }) => void;
};

const nameCharactersMax = 100;
const meanings = {
  ingest: 'Send usage, messages and operations. All that an agent needs.',
  read: 'Read spend, sessions and messages. For dashboards and scripts.',
  holds: 'Reserve budget before a call and settle it afterwards.',
  admin: 'All of these, and changing settings and keys. For you, not for agents.',
} as const satisfies Record<KeyScope, string>;

/** What a key is called and what it may do. One scope at least. */
export function CreateKeyForm({ isBusy, error, onCancel, onSubmit }: CreateKeyFormProps) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly KeyScope[]>(['ingest']);
  const isReady = name.trim() !== '' && scopes.length > 0;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSubmit({ name: name.trim(), scopes });
      }}
    >
      {error === null ? null : <Notice tone="over">{error.message}</Notice>}
      <TextField
        label="Name"
        note="Where it is used, so that you know what to revoke: “laptop”, “gateway”."
        maxLength={nameCharactersMax}
        autoComplete="off"
        value={name}
        onValueChange={setName}
      />
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-sm font-medium">What it may do</legend>
        {keyScopes.map((scope) => (
          <CheckboxField
            key={scope}
            label={<span className="font-mono text-sm">{scope}</span>}
            note={meanings[scope]}
            isChecked={scopes.includes(scope)}
            onCheckedChange={(isChecked) =>
              setScopes(keyScopes.filter((other) => (other === scope ? isChecked : scopes.includes(other))))
            }
          />
        ))}
      </fieldset>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" tone="main" disabled={!isReady} isBusy={isBusy} busyLabel="Creating…">
          Create key
        </Button>
      </div>
    </form>
  );
}

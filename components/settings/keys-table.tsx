'use client';

import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import type { ApiKey } from '#lib/client/api-key.ts';

type KeysTableProps = {
  readonly keys: readonly ApiKey[];
  readonly onRevoke: (apiKey: ApiKey) => void;
};

/** Keys with what they may do and when they were last used; revoked ones stay, so that logs can be read. */
export function KeysTable({ keys, onRevoke }: KeysTableProps) {
  return (
    <Table label="API keys">
      <thead>
        <tr>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell isWide>Scopes</HeaderCell>
          <HeaderCell isWide>Created</HeaderCell>
          <HeaderCell isWide>Last used</HeaderCell>
          <HeaderCell align="end">
            <span className="sr-only">Action</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {keys.map((apiKey) => (
          <KeyRow key={apiKey.id} apiKey={apiKey} onRevoke={onRevoke} />
        ))}
      </tbody>
    </Table>
  );
}

function KeyRow({ apiKey, onRevoke }: { readonly apiKey: ApiKey; readonly onRevoke: (key: ApiKey) => void }) {
  const lastUsed = apiKey.lastUsedAt === null ? 'never' : <RelativeTime at={apiKey.lastUsedAt} />;
  const scopes = apiKey.scopes.join(', ');
  return (
    <tr>
      <RowHeader>
        <span className="block truncate font-medium">{apiKey.name}</span>
        <span className="block truncate font-mono text-xs text-muted">{apiKey.prefix}…</span>
        <span className="block text-xs text-muted md:hidden">
          {scopes} · used {lastUsed}
        </span>
      </RowHeader>
      <Cell isWide>
        <span className="whitespace-nowrap">{scopes}</span>
      </Cell>
      <Cell isWide>
        <RelativeTime at={apiKey.createdAt} />
      </Cell>
      <Cell isWide>{lastUsed}</Cell>
      <Cell align="end">
        {apiKey.revokedAt === null ? (
          <Button size="small" aria-label={`Revoke ${apiKey.name}`} onClick={() => onRevoke(apiKey)}>
            Revoke
          </Button>
        ) : (
          <Badge>
            revoked&nbsp;
            <RelativeTime at={apiKey.revokedAt} />
          </Badge>
        )}
      </Cell>
    </tr>
  );
}

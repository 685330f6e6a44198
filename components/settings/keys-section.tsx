'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { ApiKey } from '#lib/client/api-key.ts';
import { keysQuery } from '#lib/client/keys-query.ts';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { KeysTable } from './keys-table.tsx';
import { RevokeKeyDialog } from './revoke-key-dialog.tsx';

/** The project's API keys: list, make, revoke. */
export function KeysSection() {
  const [isCreating, setIsCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <Section
      id="keys"
      title="API keys"
      note="Agents send their usage with a key. A key is shown once, when it is made; only its hash is kept."
      actions={
        <Button tone="main" onClick={() => setIsCreating(true)}>
          Create key
        </Button>
      }
    >
      <KeysList onRevoke={setRevoking} />
      <CreateKeyDialog isOpen={isCreating} onOpenChange={setIsCreating} />
      <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} />
    </Section>
  );
}

function KeysList({ onRevoke }: { readonly onRevoke: (apiKey: ApiKey) => void }) {
  const { data: keys, error, isFetching, refetch } = useQuery(keysQuery);
  if (keys !== undefined) {
    if (keys.length > 0) return <KeysTable keys={keys} onRevoke={onRevoke} />;
    return (
      <p className="text-muted">
        No keys yet. Create one with the scope <span className="font-mono text-sm">ingest</span> and give it
        to your agent.
      </p>
    );
  }
  if (error !== null) {
    return (
      <ErrorState
        title="The keys could not be loaded."
        error={error}
        onRetry={() => refetch()}
        isRetrying={isFetching}
      />
    );
  }
  return (
    <LoadingRegion label="Loading keys">
      <Skeleton className="h-28" />
    </LoadingRegion>
  );
}

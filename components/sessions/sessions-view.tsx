'use client';

import { useMutation } from '@tanstack/react-query';
import { Button } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import type { SessionFilter } from '#lib/client/sessions-query.ts';
import { SessionFilters } from './session-filters.tsx';
import { SessionsList } from './sessions-list.tsx';
import { useSessionFilter } from './use-session-filter.ts';

/** All sessions, the largest first by the asked measure, as many as there are. */
export function SessionsView() {
  const { filter, setFilter } = useSessionFilter();
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Sessions"
        note="Each conversation of an agent, with its size and its spend."
        actions={<ExportButton filter={filter} />}
      />
      <SessionFilters filter={filter} onChange={setFilter} />
      <SessionsList
        key={JSON.stringify(filter)}
        filter={filter}
        onSort={(sort) => {
          setFilter({ sort });
        }}
      />
    </div>
  );
}

/** Keeps what the filter lets through as a file. */
function ExportButton({ filter }: { readonly filter: SessionFilter }) {
  const showToast = useToast();
  const save = useMutation({
    mutationFn: async () => {
      // What makes the file is loaded when it is asked for.
      const { saveSessions } = await import('./save-sessions.ts');
      return saveSessions(filter);
    },
    onSuccess: (note) => {
      if (note !== null) showToast(note);
    },
    onError: (error) => showToast(`The file could not be made: ${error.message}`),
  });
  return (
    <Button isBusy={save.isPending} busyLabel="Reading…" onClick={() => save.mutate()}>
      CSV
      <span className="sr-only"> of these sessions</span>
    </Button>
  );
}

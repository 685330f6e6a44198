'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { SessionFilter } from '#lib/client/sessions-query.ts';
import type { SessionSort } from '#lib/sessions/session-sort.ts';

type SessionFiltersProps = {
  readonly filter: SessionFilter;
  readonly onSort: (sort: SessionSort) => void;
  readonly onAgent: (agent: string) => void;
  readonly onText: (text: string) => void;
};

const sorts = [
  { value: 'lastActivity', label: 'Last active' },
  { value: 'bytes', label: 'Size' },
  { value: 'context', label: 'Context' },
  { value: 'messages', label: 'Messages' },
  { value: 'tokens', label: 'Tokens' },
  { value: 'cost', label: 'Spend' },
] as const satisfies readonly { value: SessionSort; label: string }[];

/** What to look for, applied on Enter; and the measure to sort by, applied at once. */
export function SessionFilters({ filter, onSort, onAgent, onText }: SessionFiltersProps) {
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
      <search>
        <SearchForm key={`${filter.agent} ${filter.q}`} filter={filter} onAgent={onAgent} onText={onText} />
      </search>
      <SelectField label="Sort by" value={filter.sort} options={sorts} onValueChange={onSort} />
    </div>
  );
}

function SearchForm({ filter, onAgent, onText }: Omit<SessionFiltersProps, 'onSort'>) {
  const [text, setText] = useState(filter.q);
  const [agent, setAgent] = useState(filter.agent);
  const apply = (next: { readonly q: string; readonly agent: string }) => {
    onText(next.q.trim());
    onAgent(next.agent.trim());
  };
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        apply({ q: text, agent });
      }}
    >
      <div className="w-44">
        <TextField label="Session contains" type="search" value={text} onValueChange={setText} />
      </div>
      <div className="w-36">
        <TextField label="Agent" type="search" value={agent} onValueChange={setAgent} />
      </div>
      <Button type="submit">Filter</Button>
      {filter.q === '' && filter.agent === '' ? null : (
        <Button tone="bare" onClick={() => apply({ q: '', agent: '' })}>
          Show all
        </Button>
      )}
    </form>
  );
}

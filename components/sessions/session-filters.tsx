'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { namesQuery } from '#lib/client/names-query.ts';
import { isNarrowed, type SessionFilter } from '#lib/client/sessions-query.ts';
import type { SessionSort } from '#lib/sessions/session-sort.ts';
import { sourceLabel } from '#lib/sessions/source-label.ts';
import { sources } from '#lib/usage/source.ts';

type SessionFiltersProps = {
  readonly filter: SessionFilter;
  readonly onChange: (next: Partial<SessionFilter>) => void;
};

const sorts = [
  { value: 'lastActivity', label: 'Last active' },
  { value: 'bytes', label: 'Size' },
  { value: 'context', label: 'Context' },
  { value: 'messages', label: 'Messages' },
  { value: 'tokens', label: 'Tokens' },
  { value: 'cost', label: 'Spend' },
] as const satisfies readonly { value: SessionSort; label: string }[];

const sourceOptions = [
  { value: 'any', label: 'Any' },
  ...sources.map((value) => ({ value, label: sourceLabel(value) })),
] as const;

/** What to look for: texts on Enter, choices at once; and the measure to sort by. */
export function SessionFilters({ filter, onChange }: SessionFiltersProps) {
  const { agent, model, q, source, sort } = filter;
  return (
    <div className="grid grid-cols-2 items-end gap-3 md:flex md:flex-wrap">
      <search className="max-md:col-span-2">
        <SearchForm key={`${agent}\n${model}\n${q}`} filter={filter} onChange={onChange} />
      </search>
      <SelectField
        isLabelAbove
        label="Source"
        value={source === '' ? 'any' : source}
        options={sourceOptions}
        onValueChange={(value) => onChange({ source: value === 'any' ? '' : value })}
      />
      <SelectField
        isLabelAbove
        label="Sort by"
        value={sort}
        options={sorts}
        onValueChange={(value) => onChange({ sort: value })}
      />
    </div>
  );
}

function SearchForm({ filter, onChange }: SessionFiltersProps) {
  const [text, setText] = useState(filter.q);
  const [agent, setAgent] = useState(filter.agent);
  const [model, setModel] = useState(filter.model);
  const { data: names } = useQuery(namesQuery);
  const listId = useId();
  return (
    <form
      className="flex flex-wrap items-end gap-3 md:flex-nowrap"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ q: text, agent, model });
      }}
    >
      <div className="min-w-0 flex-1 basis-40 md:w-48">
        <TextField label="Session contains" type="search" value={text} onValueChange={setText} />
      </div>
      <div className="min-w-0 max-md:order-2 max-md:flex-1 max-md:basis-2/5 md:w-36">
        <TextField
          label="Agent"
          type="search"
          list={`${listId}-agents`}
          value={agent}
          onValueChange={setAgent}
        />
      </div>
      <div className="min-w-0 max-md:order-2 max-md:flex-1 max-md:basis-2/5 md:w-48">
        <TextField
          label="Model"
          type="search"
          list={`${listId}-models`}
          value={model}
          onValueChange={setModel}
        />
      </div>
      <datalist id={`${listId}-agents`}>
        {names?.agents.toSorted().map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id={`${listId}-models`}>
        {names?.models.toSorted().map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="flex gap-3 max-md:order-1">
        <Button type="submit">Filter</Button>
        {isNarrowed(filter) ? (
          <Button tone="bare" onClick={() => onChange({ q: '', agent: '', model: '', source: '' })}>
            Show all
          </Button>
        ) : null}
      </div>
    </form>
  );
}

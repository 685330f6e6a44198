'use client';

import { useSearchSetting } from '#components/ui/use-search-setting.ts';
import type { SessionFilter } from '#lib/client/sessions-query.ts';
import { type SessionSort, sessionSorts } from '#lib/sessions/session-sort.ts';
import { type Source, sources } from '#lib/usage/source.ts';

const textCharactersMax = 200;

/** The list's sort and filters, kept in the address. */
export function useSessionFilter() {
  const [sort, setSort] = useSearchSetting({ name: 'sort', parse: parseSort, fallback: 'lastActivity' });
  const [agent, setAgent] = useSearchSetting({ name: 'agent', parse: parseText, fallback: '' });
  const [model, setModel] = useSearchSetting({ name: 'model', parse: parseText, fallback: '' });
  const [source, setSource] = useSearchSetting<Source | ''>({
    name: 'source',
    parse: parseSource,
    fallback: '',
  });
  const [q, setText] = useSearchSetting({ name: 'q', parse: parseText, fallback: '' });
  const filter: SessionFilter = { sort, agent, model, source, q };
  const setFilter = (next: Partial<SessionFilter>) => {
    if (next.sort !== undefined) setSort(next.sort);
    if (next.agent !== undefined) setAgent(next.agent.trim());
    if (next.model !== undefined) setModel(next.model.trim());
    if (next.source !== undefined) setSource(next.source);
    if (next.q !== undefined) setText(next.q.trim());
  };
  return { filter, setFilter };
}

function parseSort(text: string): SessionSort | null {
  return sessionSorts.find((sort) => sort === text) ?? null;
}

function parseSource(text: string): Source | null {
  return sources.find((source) => source === text) ?? null;
}

function parseText(text: string): string {
  return text.trim().slice(0, textCharactersMax);
}

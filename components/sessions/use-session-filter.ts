'use client';

import { useSearchSetting } from '#components/ui/use-search-setting.ts';
import type { SessionFilter } from '#lib/client/sessions-query.ts';
import { type SessionSort, sessionSorts } from '#lib/sessions/session-sort.ts';

const textCharactersMax = 200;

/** The list's sort and filters, kept in the address. */
export function useSessionFilter() {
  const [sort, setSort] = useSearchSetting({ name: 'sort', parse: parseSort, fallback: 'lastActivity' });
  const [agent, setAgent] = useSearchSetting({ name: 'agent', parse: parseText, fallback: '' });
  const [q, setText] = useSearchSetting({ name: 'q', parse: parseText, fallback: '' });
  const filter: SessionFilter = { sort, agent, q };
  return { filter, setSort, setAgent, setText };
}

function parseSort(text: string): SessionSort | null {
  return sessionSorts.find((sort) => sort === text) ?? null;
}

function parseText(text: string): string {
  return text.trim().slice(0, textCharactersMax);
}

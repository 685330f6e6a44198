'use client';

import { usePathname, useSearchParams } from 'next/navigation';

/**
 * One setting of a page, kept in its address so that it can be linked. An unknown or missing value reads as
 * the fallback, and the fallback is left out of the address. Changing it asks the server for nothing.
 */
export function useSearchSetting<Value extends string>({ name, parse, fallback }: SearchSetting<Value>) {
  const search = useSearchParams();
  const pathname = usePathname();
  const value = parse(search.get(name) ?? '') ?? fallback;
  const setValue = (next: Value) => {
    // Not `search`: two settings changed in one event would each start from the old address.
    const changed = new URLSearchParams(window.location.search);
    if (next === fallback) changed.delete(name);
    else changed.set(name, next);
    const query = changed.toString();
    window.history.replaceState(null, '', query === '' ? pathname : `${pathname}?${query}`);
  };
  return [value, setValue] as const;
}

type SearchSetting<Value extends string> = {
  readonly name: string;
  readonly parse: (text: string) => Value | null;
  readonly fallback: Value;
};

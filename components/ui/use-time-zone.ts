'use client';

import { useSyncExternalStore } from 'react';
import { isZoneName } from '#lib/time/is-zone-name.ts';
import { timeZoneStorageKey } from '#lib/time/time-zone-storage-key.ts';

const listeners = new Set<() => void>();

/** The zone that was chosen in this browser, or else its own; null in the server's HTML. */
export function useTimeZone(): string | null {
  return useSyncExternalStore(subscribe, read, () => null);
}

/** The zone that the machine is set to. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Keeps a zone for all pages of this browser; null goes back to the machine's. */
export function storeTimeZone(zone: string | null): void {
  try {
    if (zone === null) window.localStorage.removeItem(timeZoneStorageKey);
    else window.localStorage.setItem(timeZoneStorageKey, zone);
  } catch {
    // Without storage (a private window, a full disk) the address still carries it.
  }
  for (const listener of listeners) listener();
}

function read(): string {
  try {
    const stored = window.localStorage.getItem(timeZoneStorageKey);
    return stored !== null && isZoneName(stored) ? stored : ownTimeZone();
  } catch {
    return ownTimeZone();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

'use client';

import { type LiveConnection, type LiveListener, openLiveConnection } from './live-connection.ts';

let connection: LiveConnection | undefined;

/**
 * Calls back when the project changes, without polling where it can be helped. In a component:
 *
 * `useEffect(() => subscribeToChanges({ session: id, onChange: ({ sessions }) => … }), [id])`
 *
 * A query need not subscribe: with `meta: { live: ['usage'] }` it is read again when that topic changes
 * (components/shell/live-updates.tsx).
 * @returns ends it
 */
export function subscribeToChanges(listener: LiveListener): () => void {
  connection ??= openLiveConnection({
    openSource: (url) => new EventSource(url),
    isHidden: () => document.visibilityState === 'hidden',
    onVisibilityChange: (callback) => document.addEventListener('visibilitychange', callback),
  });
  return connection.subscribe(listener);
}

import { QueryClient } from '@tanstack/react-query';
import type { ChangeTopic } from '#lib/live/project-change.ts';
import { RequestError } from './request-error.ts';

declare module '@tanstack/react-query' {
  interface Register {
    /** A query with topics in `live` is read again when one of them changes. */
    queryMeta: { readonly live?: readonly ChangeTopic[] };
  }
}

const retriesMax = 2;

/**
 * The browser's data cache. What is kept is drawn at once and asked for anew whenever a page is entered or the
 * window comes back, because what was just sent must be seen; of failures only those that may pass are retried.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < retriesMax && mayPass(error),
      },
      mutations: { retry: false },
    },
  });
}

function mayPass(error: Error): boolean {
  if (!(error instanceof RequestError)) return false;
  return error.status === null || error.status === 429 || error.status >= 502;
}

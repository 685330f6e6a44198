import { QueryClient } from '@tanstack/react-query';
import { RequestError } from './request-error.ts';

const freshForMs = 15_000;
const retriesMax = 2;

/** The browser's data cache: fresh for 15 seconds; only what may pass by itself is asked again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshForMs,
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

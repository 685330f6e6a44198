import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { fetchJson } from './fetch-json.ts';

const names = z.object({ agents: z.array(z.string()), models: z.array(z.string()) });
const staleMs = 60_000;

/** The agents and models that can be filtered by. */
export const namesQuery = queryOptions({
  queryKey: ['names'],
  queryFn: ({ signal }) => fetchJson({ path: '/api/names', schema: names, signal }),
  staleTime: staleMs,
});

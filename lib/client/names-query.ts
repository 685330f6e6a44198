import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const names = shape.object({ agents: shape.array(shape.string), models: shape.array(shape.string) });
const staleMs = 60_000;

/** The agents and models that can be filtered by. */
export const namesQuery = queryOptions({
  queryKey: ['names'],
  queryFn: ({ signal }) => fetchJson({ path: '/api/names', schema: names, signal }),
  staleTime: staleMs,
});

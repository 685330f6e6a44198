import { queryOptions } from '@tanstack/react-query';
import type { Names } from '#lib/usage/names.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const list = shape.array(shape.string);
const names = shape.object({ agents: list, models: list, providers: list }) satisfies shape.Shape<Names>;
const staleMs = 60_000;

/** The names that can be filtered by, in the order that their colours hang on. */
export const namesQuery = queryOptions({
  queryKey: ['names'],
  queryFn: ({ signal }): Promise<Names> => fetchJson({ path: '/api/names', schema: names, signal }),
  staleTime: staleMs,
  meta: { live: ['usage'] },
});

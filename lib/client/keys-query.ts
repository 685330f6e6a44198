import { queryOptions } from '@tanstack/react-query';
import { apiKey } from './api-key.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const answer = shape.object({ keys: shape.array(apiKey) });

/** All keys of the project, revoked ones too. */
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: async ({ signal }) => (await fetchJson({ path: '/api/keys', schema: answer, signal })).keys,
});

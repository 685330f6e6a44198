import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { apiKey } from './api-key.ts';
import { fetchJson } from './fetch-json.ts';

const answer = z.object({ keys: z.array(apiKey) });

/** All keys of the project, revoked ones too. */
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: async ({ signal }) => (await fetchJson({ path: '/api/keys', schema: answer, signal })).keys,
});

import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { fetchJson } from './fetch-json.ts';

const answer = z.object({ passwordSet: z.boolean() });

/** What the login page may offer. Answered without a session. */
export const loginQuery = queryOptions({
  queryKey: ['login'],
  queryFn: ({ signal }) => fetchJson({ path: '/api/login', schema: answer, signal }),
});

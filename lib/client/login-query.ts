import { queryOptions } from '@tanstack/react-query';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const answer = shape.object({ passwordSet: shape.boolean });

/** What the login page may offer. Answered without a session. */
export const loginQuery = queryOptions({
  queryKey: ['login'],
  queryFn: ({ signal }) => fetchJson({ path: '/api/login', schema: answer, signal }),
});

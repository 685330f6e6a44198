import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { ProjectView } from '#lib/settings/project-view.ts';
import { fetchJson } from './fetch-json.ts';

const project = z.object({
  slug: z.string(),
  name: z.string(),
  isDemo: z.boolean(),
  isShown: z.boolean(),
}) satisfies z.ZodMiniType<ProjectView>;

const answer = z.object({ projects: z.array(project) });
const refetchMs = 3_000;

/** The projects that this browser may look at. Asked for again and again: the demo is made in a terminal beside it. */
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => fetchJson({ path: '/api/projects', schema: answer, signal }),
  refetchInterval: refetchMs,
});

import { queryOptions } from '@tanstack/react-query';
import type { ProjectView } from '#lib/settings/project-view.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const project = shape.object({
  slug: shape.string,
  name: shape.string,
  isDemo: shape.boolean,
  isShown: shape.boolean,
}) satisfies shape.Shape<ProjectView>;

const answer = shape.object({ projects: shape.array(project) });
const refetchMs = 3_000;

/** The projects that this browser may look at. Asked for again and again: the demo is made in a terminal beside it. */
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => fetchJson({ path: '/api/projects', schema: answer, signal }),
  refetchInterval: refetchMs,
});

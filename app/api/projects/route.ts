import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readProjects } from '#lib/server/projects/read-projects.ts';

export const GET = jsonRoute({ scope: 'read' }, async ({ db, principal }) => ({
  projects: await readProjects(db, principal),
}));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');

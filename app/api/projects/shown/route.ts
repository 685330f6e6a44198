import { shownProject } from '#lib/http/contract/projects-contract.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { showProject } from '#lib/server/projects/show-project.ts';

export const PUT = jsonRoute({ scope: 'read', body: shownProject }, async ({ db, principal, body }) => {
  await showProject(db, principal, body.slug);
  return new Response(null, { status: 204 });
});

export const { GET, POST, PATCH, DELETE, OPTIONS } = otherMethods('PUT');

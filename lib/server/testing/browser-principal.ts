import type { Principal } from '../auth/principal.ts';

/** A signed-in browser for tests. */
export function browserPrincipal(projectId = 1): Principal {
  return {
    kind: 'browser',
    projectId,
    homeProjectId: projectId,
    scopes: ['admin'],
    sessionHash: 'a'.repeat(64),
  };
}

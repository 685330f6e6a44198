import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

/** Turns this browser to a project; every page has to be loaded anew. */
export function showProject(slug: string): Promise<undefined> {
  return fetchJson({ path: '/api/projects/shown', method: 'PUT', body: { slug }, schema: shape.nothing });
}

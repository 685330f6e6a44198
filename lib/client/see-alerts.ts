import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

/** Says that the feed was looked at. */
export function seeAlerts(): Promise<undefined> {
  return fetchJson({ path: '/api/alerts/seen', method: 'POST', schema: shape.nothing });
}

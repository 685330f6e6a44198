import { fetchJson } from './fetch-json.ts';
import { nothing } from './nothing.ts';

/** Says that the feed was looked at. */
export function seeAlerts(): Promise<undefined> {
  return fetchJson({ path: '/api/alerts/seen', method: 'POST', schema: nothing });
}

import { fetchJson } from './fetch-json.ts';
import { type Settings, settingsAnswer } from './settings-query.ts';

/** Changes the named settings and answers them all. */
export function updateSettings(
  body: Partial<Pick<Settings, 'retentionDays' | 'timeZone' | 'holdBasis' | 'holdCapUsd'>>,
): Promise<Settings> {
  return fetchJson({ path: '/api/settings', method: 'PATCH', body, schema: settingsAnswer });
}

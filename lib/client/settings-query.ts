import { queryOptions } from '@tanstack/react-query';
import { holdBases } from '#lib/budget/hold-basis.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

export const settingsAnswer = shape.object({
  passwordSet: shape.boolean,
  /** Days that messages' text is kept; 0 keeps it for ever. */
  retentionDays: shape.number,
  timeZone: shape.string,
  holdBasis: shape.oneOf(holdBases),
  holdCapUsd: shape.nullable(shape.string),
  version: shape.string,
  database: shape.object({ kind: shape.oneOf(['embedded', 'external']), version: shape.string }),
  counts: shape.object({ events: shape.number, messages: shape.number, sessions: shape.number }),
});

export type Settings = shape.ValueOf<typeof settingsAnswer>;

/** The project's settings and what this installation is. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => fetchJson({ path: '/api/settings', schema: settingsAnswer, signal }),
});

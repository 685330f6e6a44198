import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { holdBases } from '#lib/budget/hold-basis.ts';
import { fetchJson } from './fetch-json.ts';

export const settingsAnswer = z.object({
  passwordSet: z.boolean(),
  /** Days that messages' text is kept; 0 keeps it for ever. */
  retentionDays: z.number(),
  timeZone: z.string(),
  holdBasis: z.enum(holdBases),
  holdCapUsd: z.nullable(z.string()),
  version: z.string(),
  database: z.object({ kind: z.enum(['embedded', 'external']), version: z.string() }),
  counts: z.object({ events: z.number(), messages: z.number(), sessions: z.number() }),
});

export type Settings = z.infer<typeof settingsAnswer>;

/** The project's settings and what this installation is. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => fetchJson({ path: '/api/settings', schema: settingsAnswer, signal }),
});

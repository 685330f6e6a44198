import { type Source, sources } from '#lib/usage/source.ts';

const labels = {
  direct: 'Direct',
  heartbeat: 'Heartbeat',
  cron: 'Scheduled',
  subagent: 'Sub-agent',
  batch: 'Batch',
} as const satisfies Record<Source, string>;

/** Why a call ran, in a word for people; what is not known stays as it is. */
export function sourceLabel(source: string): string {
  const known = sources.find((name) => name === source);
  return known === undefined ? source : labels[known];
}

/** Why a call ran. */
export const sources = ['direct', 'heartbeat', 'cron', 'subagent', 'batch'] as const;
export type Source = (typeof sources)[number];

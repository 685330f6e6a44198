import type { Source } from '#lib/usage/usage-event.ts';

/** Why a session runs, from its key (`agent:main:cron:<job>`), or null when the key does not say. */
export function sourceOfKey(key: string): Source | null {
  const words = key.toLowerCase().split(':');
  if (words.includes('subagent') || words.includes('subagents')) return 'subagent';
  if (words.includes('cron')) return 'cron';
  if (words.includes('heartbeat')) return 'heartbeat';
  return null;
}

/**
 * Why a turn runs, from its prompt: a scheduler marks its jobs, and heartbeats name their file or their
 * answer. Null for what people and channels write.
 */
export function sourceOfPrompt(text: string): Source | null {
  const head = text.slice(0, 4_000);
  if (/^\s*(?:System: )?(?:\[[^\]\n]{1,80}\] )?\[cron:/i.test(head)) return 'cron';
  if (head.includes('HEARTBEAT.md') || head.includes('HEARTBEAT_OK')) return 'heartbeat';
  return null;
}

/** The names that made events carry. All models are in the bundled price list. */
export const eventNames = {
  agents: Array.from({ length: 20 }, (_, index) => `agent-${String(index).padStart(2, '0')}`),
  models: [
    { provider: 'anthropic', name: 'claude-sonnet-4-5' },
    { provider: 'anthropic', name: 'claude-opus-4-1' },
    { provider: 'anthropic', name: 'claude-haiku-4-5' },
    { provider: 'openai', name: 'gpt-5' },
    { provider: 'openai', name: 'gpt-5-mini' },
    { provider: 'openai', name: 'gpt-4.1' },
    { provider: 'google', name: 'gemini-2.5-pro' },
    { provider: 'google', name: 'gemini-2.5-flash' },
  ],
  sources: ['direct', 'heartbeat', 'cron', 'subagent', 'batch'],
  sessionCount: 2_000,
} as const;

import type { ContextPart } from '#lib/sessions/context-parts.ts';

/** What a part of a context is called, and its colour, in the chart, its legend and its table alike. */
export const contextPartLook = {
  system: { label: 'Prompt, tool definitions, summaries', color: 'var(--series-7)' },
  user: { label: 'User', color: 'var(--series-2)' },
  assistant: { label: 'Assistant', color: 'var(--series-4)' },
  tool: { label: 'Tool results', color: 'var(--series-6)' },
} as const satisfies Record<ContextPart, { label: string; color: string }>;

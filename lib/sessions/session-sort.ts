/** The orders in which sessions can be listed, each the largest (or latest) first. */
export const sessionSorts = ['bytes', 'tokens', 'cost', 'messages', 'context', 'lastActivity'] as const;
export type SessionSort = (typeof sessionSorts)[number];

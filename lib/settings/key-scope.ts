/** What a key may do; `admin` includes the others. */
export const keyScopes = ['ingest', 'read', 'holds', 'admin'] as const;
export type KeyScope = (typeof keyScopes)[number];

export function isKeyScope(name: string): name is KeyScope {
  return (keyScopes as readonly string[]).includes(name);
}

/** Whether a list of scopes covers the asked one. */
export function allows(scopes: readonly KeyScope[], asked: KeyScope): boolean {
  return scopes.includes(asked) || scopes.includes('admin');
}

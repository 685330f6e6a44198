type SessionsAddress = {
  readonly agent?: string | undefined;
  readonly model?: string | undefined;
  readonly source?: string | undefined;
};

/** Where the sessions of an agent, a model or a source are listed, the dearest first. */
export function sessionsAddress({ agent, model, source }: SessionsAddress): `/sessions?${string}` {
  const search = new URLSearchParams({
    sort: 'cost',
    ...(agent !== undefined && { agent }),
    ...(model !== undefined && { model }),
    ...(source !== undefined && { source }),
  });
  return `/sessions?${search}`;
}

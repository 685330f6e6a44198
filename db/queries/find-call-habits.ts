import { rollupScopes } from '#lib/usage/rollup-scope.ts';
import type { Database } from '../database.ts';

const statement = `
select coalesce(sum(u.calls), 0)::text as calls, coalesce(sum(u.output_tokens), 0)::text as output,
  coalesce(sum(u.cache_read_tokens), 0)::text as cached,
  coalesce(sum(u.input_tokens + u.cache_read_tokens + u.cache_write_5m_tokens + u.cache_write_1h_tokens), 0)::text as context
from usage_rollups u
where u.project_id = $1::int and u.scope = ${rollupScopes.cube} and u.grain = 1440 and u.bucket >= $2::text::timestamptz
  and u.agent_id = (select id from agents where project_id = $1::int and name = $3::text)
  and u.model_id in (select id from models where project_id = $1::int and provider = $4::text and name = $5::text)`;

export type CallHabits = {
  readonly calls: number;
  readonly meanOutputTokens: number;
  /** Share of the context that was read from the cache, 0 to 1. */
  readonly cachedShare: number;
};

/** How an agent's calls of a model were on average since a day; null when it made none. */
export async function findCallHabits(
  db: Database,
  input: {
    readonly projectId: number;
    readonly agent: string;
    readonly provider: string;
    readonly model: string;
    readonly since: Date;
  },
): Promise<CallHabits | null> {
  const [row] = await db.run<{ calls: string; output: string; cached: string; context: string }>(statement, [
    input.projectId,
    input.since.toISOString(),
    input.agent,
    input.provider,
    input.model,
  ]);
  const calls = Number(row?.calls ?? 0);
  if (calls === 0) return null;
  const context = Number(row?.context);
  return {
    calls,
    meanOutputTokens: Math.round(Number(row?.output) / calls),
    cachedShare: context === 0 ? 0 : Number(row?.cached) / context,
  };
}

import 'server-only';
import { database } from '#db/client.ts';
import { isReady } from './readiness.ts';

export type Health =
  | { readonly status: 'ready' }
  | { readonly status: 'starting' | 'database_unavailable'; readonly detail: string };

const deadlineMs = 1_500;

/** Whether this process can serve: asked by balancers and by the launcher, without a key. */
export async function readHealth(): Promise<Health> {
  if (!isReady()) return { status: 'starting', detail: 'Migrations are not applied yet.' };
  try {
    await database().run('select 1', [], { deadlineMs });
    return { status: 'ready' };
  } catch {
    return { status: 'database_unavailable', detail: 'The database does not answer.' };
  }
}

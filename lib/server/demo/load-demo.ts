import 'server-only';
import { randomInt, randomUUID } from 'node:crypto';
import type { Database } from '#db/database.ts';
import { foldDeltas } from '#db/queries/fold-deltas.ts';
import { insertAudit } from '#db/queries/insert-audit.ts';
import { insertDemoProject } from '#db/queries/insert-demo-project.ts';
import { insertBudget } from '#db/queries/put-budget.ts';
import { toBudget } from '#lib/budget/budget.ts';
import { newBudget } from '#lib/budget/new-budget.ts';
import { demoBudgets } from '#lib/demo/demo-budgets.ts';
import type { DemoEvent } from '#lib/demo/demo-event.ts';
import { makeDemo } from '#lib/demo/make-demo.ts';
import { AppError } from '#lib/errors.ts';
import { decodeItem } from '#lib/ingest/decode-item.ts';
import { auditNote } from '../auth/audit-note.ts';
import { defaultProjectId } from '../auth/auth-service.ts';
import { openIngestLanes } from '../ingest/ingest-lanes.ts';
import { type IngestContext, ingestEvents } from '../ingest-events.ts';
import { demoProject } from './demo-project.ts';
import { removeDemo } from './remove-demo.ts';

type LoadOptions = {
  readonly nowMs: number;
  readonly onProgress?: (eventsStored: number) => void;
};

const batchEvents = 1_000;
const batchCharacters = 4_000_000;
/** Ids are not used again: other processes remember the names and sessions of a project by its id. */
const ids = { min: 1_000_000, max: 2_000_000_000 } as const;

/**
 * Makes the demo project anew, up to `nowMs`, through the ingest that every event takes, with its budgets. It has no
 * alert targets, so that its alerts are shown and sent to nobody.
 * @returns how many events it holds
 */
export async function loadDemo(db: Database, { nowMs, onProgress }: LoadOptions): Promise<number> {
  await removeDemo(db, { actor: 'npm run demo' });
  const projectId = randomInt(ids.min, ids.max);
  if (!(await insertDemoProject(db, { ...demoProject, id: projectId }))) {
    throw new AppError('conflict', 'Another process is making the demo. Try again.');
  }
  const note = auditNote({ actor: 'npm run demo', action: 'demo_made', details: { projectId } });
  await insertAudit(db, { projectId: defaultProjectId, note });
  const context: IngestContext = { lanes: openIngestLanes(db), projectId, overrides: [], redact: true };
  let stored = 0;
  for (const batch of inBatches(makeDemo({ nowMs }))) {
    await storeAll(batch, { context, nowMs });
    stored += batch.length;
    onProgress?.(stored);
  }
  while (((await foldDeltas(db, { projectId })) ?? 0) > 0) {
    // Null ends it as well: the running app is at it, and does the rest.
  }
  await makeBudgets(db, projectId);
  return stored;
}

/** Last of all, so that alerts are judged by the whole spend. */
async function makeBudgets(db: Database, projectId: number): Promise<void> {
  for (const input of demoBudgets) {
    const budget = toBudget(randomUUID(), newBudget.parse(input));
    const details = { id: budget.id, ...input };
    const note = auditNote({ actor: 'npm run demo', action: 'budget_made', details });
    await insertBudget(db, { projectId, budget }, note);
  }
}

async function storeAll(
  batch: readonly DemoEvent[],
  { context, nowMs }: { readonly context: IngestContext; readonly nowMs: number },
) {
  const items = batch.map((event, index) => decodeItem(event, { index, nowMs, onConflict: 'keep' }));
  const { accepted, results } = await ingestEvents(items, context);
  if (accepted === batch.length) return;
  const refused = results.find(({ status }) => status !== 'accepted');
  throw new Error(`The demo made an event that ingest refused: ${JSON.stringify(refused)}`);
}

function* inBatches(events: Iterable<DemoEvent>): Generator<readonly DemoEvent[]> {
  let batch: DemoEvent[] = [];
  let characters = 0;
  for (const event of events) {
    batch.push(event);
    characters += event.type === 'message' ? event.content.length : 0;
    if (batch.length < batchEvents && characters < batchCharacters) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}

import 'server-only';
import type { Database } from '#db/database.ts';
import { countUnseenAlerts, listAlerts, seeAlerts } from '#db/queries/list-alerts.ts';

export type AlertView = {
  readonly id: string;
  readonly budgetId: string;
  readonly rule: string;
  readonly state: 'firing' | 'recovered';
  readonly title: string;
  readonly text: string;
  readonly firedAt: string;
  readonly recoveredAt: string | null;
  readonly windowEndsAt: string | null;
  readonly isSeen: boolean;
  readonly deliveries: { readonly pending: number; readonly delivered: number; readonly failed: number };
};

export type AlertFeed = {
  readonly unseen: number;
  readonly alerts: readonly AlertView[];
  /** `before` of the next page; null at the end. */
  readonly nextBefore: string | null;
};

/** The feed, the latest first. */
export async function readAlerts(
  db: Database,
  query: { readonly projectId: number; readonly before: string | null; readonly limit: number },
): Promise<AlertFeed> {
  const { projectId, limit } = query;
  const before = query.before === null ? null : new Date(query.before);
  const [rows, unseen] = await Promise.all([
    listAlerts(db, { projectId, before, limit }),
    countUnseenAlerts(db, projectId),
  ]);
  const last = rows.at(-1);
  return {
    unseen,
    nextBefore: rows.length === limit && last ? last.firedAt.toISOString() : null,
    alerts: rows.map(({ details, firedAt, recoveredAt, windowStartsAt: _, ...row }) => ({
      ...row,
      title: textOf(details['title']),
      text: textOf(details['text']),
      firedAt: firedAt.toISOString(),
      recoveredAt: recoveredAt?.toISOString() ?? null,
      windowEndsAt: windowEndOf(details['window']),
    })),
  };
}

/** The badge goes out. */
export async function markAlertsSeen(
  db: Database,
  { projectId, nowMs }: { readonly projectId: number; readonly nowMs: number },
): Promise<void> {
  await seeAlerts(db, { projectId, until: new Date(nowMs) });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function windowEndOf(window: unknown): string | null {
  if (typeof window !== 'object' || window === null || !('end' in window)) return null;
  return typeof window.end === 'string' ? window.end : null;
}

import { eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { priceOverrides } from '../schema/price-overrides.ts';

export type PriceOverrideRow = typeof priceOverrides.$inferSelect;

const rowsMax = 5_000;

/** All of a project's own rates. */
export async function listPriceOverrides(
  db: Database,
  projectId: number,
): Promise<readonly PriceOverrideRow[]> {
  return db.ask((orm) =>
    orm
      .select()
      .from(priceOverrides)
      .where(eq(priceOverrides.projectId, projectId))
      .orderBy(priceOverrides.id)
      .limit(rowsMax),
  );
}

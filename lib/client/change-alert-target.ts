import * as z from 'zod/mini';
import { fetchJson } from './fetch-json.ts';
import { nothing } from './nothing.ts';

const made = z.object({ id: z.string(), secret: z.string() });

/** The answer is the only time the secret is seen. */
export function createAlertTarget(body: {
  readonly name: string;
  readonly kind: 'webhook' | 'slack';
  readonly url: string;
}) {
  return fetchJson({ path: '/api/alerts/targets', method: 'POST', body, schema: made });
}

export function deleteAlertTarget(id: string): Promise<undefined> {
  return fetchJson({ path: `/api/alerts/targets/${id}`, method: 'DELETE', schema: nothing });
}

/** Puts a test message into the outbox; what became of it is seen at the target. */
export function testAlertTarget(id: string): Promise<undefined> {
  return fetchJson({ path: `/api/alerts/targets/${id}/test`, method: 'POST', schema: nothing });
}

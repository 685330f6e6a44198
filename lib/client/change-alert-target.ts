import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const made = shape.object({ id: shape.string, secret: shape.string });

/** The answer is the only time the secret is seen. */
export function createAlertTarget(body: {
  readonly name: string;
  readonly kind: 'webhook' | 'slack';
  readonly url: string;
}) {
  return fetchJson({ path: '/api/alerts/targets', method: 'POST', body, schema: made });
}

export function deleteAlertTarget(id: string): Promise<undefined> {
  return fetchJson({ path: `/api/alerts/targets/${id}`, method: 'DELETE', schema: shape.nothing });
}

/** Puts a test message into the outbox; what became of it is seen at the target. */
export function testAlertTarget(id: string): Promise<undefined> {
  return fetchJson({ path: `/api/alerts/targets/${id}/test`, method: 'POST', schema: shape.nothing });
}

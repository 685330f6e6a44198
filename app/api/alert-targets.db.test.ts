import { afterAll, beforeAll, expect, test } from 'vitest';
import * as alerts from '#app/api/alerts/route.ts';
import * as target from '#app/api/alerts/targets/[id]/route.ts';
import * as targetTest from '#app/api/alerts/targets/[id]/test/route.ts';
import * as targets from '#app/api/alerts/targets/route.ts';
import * as budgets from '#app/api/budgets/route.ts';
import * as settings from '#app/api/settings/route.ts';
import { database } from '#db/client.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import { alertTargetsAnswer, newAlertTargetAnswer } from '#lib/http/contract/alert-answer.ts';
import { ensureProject } from '#lib/server/auth/ensure-project.ts';

const adminKey = 'an-admin-key-of-the-environment';
let base: TestDatabase;

beforeAll(async () => {
  base = await createTestDatabase();
  process.env['DATABASE_URL'] = base.url;
  process.env['PLIMSOLL_ADMIN_KEY'] = adminKey;
  await ensureProject(base.db);
});
afterAll(async () => {
  await database().close();
  await base.close();
});

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, unknown>> },
) => Promise<Response> | Response;

async function ask(handler: Handler, method: string, { body, id }: { body?: unknown; id?: string } = {}) {
  const request = new Request('http://localhost:3000/api/alerts', {
    method,
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(id === undefined ? {} : { id }) });
  return { status: response.status, text: await response.text() };
}

test('the secret of a target is answered when it is made and never again', async () => {
  const body = { name: 'Hook', kind: 'webhook', url: 'http://127.0.0.1:9/hook' };
  const made = await ask(targets.POST, 'POST', { body });
  expect(made.status).toBe(201);
  const { id, secret } = newAlertTargetAnswer.parse(JSON.parse(made.text));
  expect(secret).toMatch(/^whsec_[\w-]{32}$/);

  const tested = await ask(targetTest.POST, 'POST', { id });
  const listed = await ask(targets.GET, 'GET');
  expect(alertTargetsAnswer.parse(JSON.parse(listed.text)).targets.map((one) => one.id)).toEqual([id]);
  const answers = [
    tested,
    listed,
    await ask(alerts.GET, 'GET'),
    await ask(budgets.GET, 'GET'),
    await ask(settings.GET, 'GET'),
    await ask(target.DELETE, 'DELETE', { id }),
    await ask(targets.GET, 'GET'),
  ];
  for (const { status, text } of answers) {
    expect(status).toBeLessThan(300);
    expect(text).not.toContain(secret.slice('whsec_'.length));
  }
  const [audited] = await base.db.run<{ told: string }>(
    "select count(*)::text || ' ' || string_agg(details::text, ' ') as told from audit where action like 'alert_target%'",
  );
  expect(audited?.told).toMatch(/^2 .*Hook/);
  expect(audited?.told).not.toContain(secret.slice('whsec_'.length));

  const again = newAlertTargetAnswer.parse(JSON.parse((await ask(targets.POST, 'POST', { body })).text));
  expect(again.secret).not.toBe(secret);
});

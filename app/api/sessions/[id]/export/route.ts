import { exportQuery } from '#lib/http/contract/chat-contract.ts';
import { sessionPath } from '#lib/http/contract/sessions-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { exportSession } from '#lib/server/sessions/export-session.ts';

const kinds = {
  jsonl: { type: 'application/x-ndjson; charset=utf-8', ending: 'jsonl' },
  markdown: { type: 'text/markdown; charset=utf-8', ending: 'md' },
} as const;

export const GET = jsonRoute(
  { scope: 'read', params: sessionPath, query: exportQuery },
  async ({ db, principal, params, query }) => {
    const { type, ending } = kinds[query.format];
    const name = params.id.replaceAll(/[^\w.-]+/g, '_').slice(0, 80);
    const body = await exportSession(db, {
      projectId: principal.projectId,
      id: params.id,
      format: query.format,
      from: query.from,
      to: query.to ?? null,
    });
    return new Response(body, {
      headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}.${ending}"` },
    });
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');

import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '#lib/errors.ts';
import { liveQuery } from '#lib/http/contract/live-query.ts';
import { allows } from '#lib/settings/key-scope.ts';
import { findPrincipal } from '../auth/find-principal.ts';
import { parseQuery } from '../http/parse-input.ts';
import { type LiveService, liveService } from './live-service.ts';
import { liveHeaders } from './to-live-response.ts';

export const liveMethods = 'GET, OPTIONS';

/**
 * `GET /api/live?session=<id>…`: server-sent events that say what changed, never what it is now. Served on
 * plain node:http, as ingest is, so that a stream costs no request to Next.
 * @throws AppError for what concerns the request; nothing was written then.
 */
export async function serveLive(
  request: IncomingMessage,
  response: ServerResponse,
  service: LiveService = liveService(),
): Promise<void> {
  if (request.method !== 'GET') {
    throw new AppError('method_not_allowed', `Allowed here: ${liveMethods}.`, { allow: liveMethods });
  }
  const { authorization, cookie, 'x-api-key': apiKey } = request.headers;
  const principal = await findPrincipal({
    authorization: authorization ?? null,
    apiKey: typeof apiKey === 'string' ? apiKey : null,
    cookie: cookie ?? null,
  });
  if (principal === null) throw new AppError('unauthenticated', 'Sign in, or send a key.');
  if (!allows(principal.scopes, 'read')) throw new AppError('forbidden', 'This key lacks the scope `read`.');
  const { session = null } = parseQuery(
    liveQuery,
    new URL(request.url ?? '', 'http://localhost').searchParams,
  );
  if (response.destroyed) return;
  service.streams.open(
    { projectId: principal.projectId, session },
    {
      write: (text) => {
        if (!response.headersSent) {
          response.writeHead(200, liveHeaders);
        }
        return response.write(text);
      },
      end: () => void response.end(),
      onDrain: (callback) => void response.on('drain', callback),
      onClose: (callback) => void response.once('close', callback),
    },
  );
}

import 'server-only';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Database } from '#db/database.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { problemOf } from '#lib/http/problem.ts';
import { isSameSite } from '#lib/http/request-guard.ts';
import { log } from '#lib/log.ts';
import { allows, type KeyScope } from '#lib/settings/key-scope.ts';
import { authService } from '../auth/auth-service.ts';
import { findPrincipal } from '../auth/find-principal.ts';
import type { Principal } from '../auth/principal.ts';
import { parseParams, parseQuery } from './parse-input.ts';
import { readJsonBody } from './read-json-body.ts';

export type RouteContext = { readonly params: Promise<Readonly<Record<string, unknown>>> };

type Schema = z.ZodType | undefined;
type Parsed<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

type RouteOptions<B extends Schema, Q extends Schema, P extends Schema> = {
  /** What a key needs; `public` needs none. A signed-in browser may do everything. */
  readonly scope: KeyScope | 'public';
  readonly body?: B;
  readonly query?: Q;
  readonly params?: P;
};

type RouteInput<B extends Schema, Q extends Schema, P extends Schema, Who> = {
  readonly principal: Who;
  readonly body: Parsed<B>;
  readonly query: Parsed<Q>;
  readonly params: Parsed<P>;
  readonly request: Request;
  readonly db: Database;
};

type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;

/**
 * A route handler that asks first who it is and what they may do, then parses, then calls. The handler
 * returns the JSON answer, or a Response where the status is not 200. Whatever it throws becomes a problem
 * document; what we did not expect is logged under the id that the caller is given.
 */
export function jsonRoute<
  const S extends KeyScope | 'public',
  B extends Schema = undefined,
  Q extends Schema = undefined,
  P extends Schema = undefined,
>(
  options: RouteOptions<B, Q, P> & { readonly scope: S },
  handler: (
    input: RouteInput<B, Q, P, S extends 'public' ? Principal | null : Principal>,
  ) => Promise<unknown>,
): RouteHandler {
  return async (request, context) => {
    try {
      const principal = await admit(request, options.scope);
      const input = {
        principal,
        params: options.params && parseParams(options.params, await context.params),
        query: options.query && parseQuery(options.query, new URL(request.url).searchParams),
        body: options.body && (await readJsonBody(options.body, request)),
        request,
        db: authService().db,
      };
      // `admit` gives null for public routes only, and each part is parsed exactly where its schema is given.
      return toResponse(await handler(input as Parameters<typeof handler>[0]));
    } catch (error) {
      return refuse(request, error);
    }
  };
}

/** @throws AppError `unauthenticated`, `forbidden`, `cross_site` */
async function admit(request: Request, scope: KeyScope | 'public'): Promise<Principal | null> {
  const header = (name: string) => request.headers.get(name);
  const principal = await findPrincipal({
    authorization: header('authorization'),
    apiKey: header('x-api-key'),
    cookie: header('cookie'),
  });
  if (principal === null && scope !== 'public') {
    throw new AppError('unauthenticated', 'Sign in, or send a key: `Authorization: Bearer <key>`.');
  }
  if (isFromBrowser(request, principal) && !isOwnSite(request)) {
    throw new AppError('cross_site', 'This change was asked for by another site.');
  }
  if (principal !== null && scope !== 'public' && !allows(principal.scopes, scope)) {
    throw new AppError('forbidden', `This key lacks the scope \`${scope}\`.`);
  }
  return principal;
}

/** A key is sent by programs only; of the rest, what is signed by our cookie or names where it comes from. */
function isFromBrowser(request: Request, principal: Principal | null): boolean {
  if (principal !== null) return principal.kind === 'browser';
  return request.headers.has('sec-fetch-site') || request.headers.has('origin');
}

function isOwnSite(request: Request): boolean {
  return isSameSite({
    method: request.method,
    secFetchSite: request.headers.get('sec-fetch-site'),
    origin: request.headers.get('origin'),
    host: request.headers.get('host'),
    publicUrl: env().PLIMSOLL_PUBLIC_URL ?? null,
  });
}

function toResponse(answer: unknown): Response {
  const response = answer instanceof Response ? answer : Response.json(answer);
  if (!response.headers.has('Cache-Control')) response.headers.set('Cache-Control', 'no-store');
  return response;
}

function refuse(request: Request, error: unknown): Response {
  const problem = problemOf(error instanceof AppError ? error : asInternal(request, error));
  return new Response(problem.body, { status: problem.status, headers: problem.headers });
}

function asInternal(request: Request, cause: unknown): AppError {
  const requestId = randomUUID();
  log.error('request.failed', { requestId, path: new URL(request.url).pathname, cause });
  return new AppError('internal', 'The server failed.', { cause, details: { requestId } });
}

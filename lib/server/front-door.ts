import 'server-only';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { problemOf } from '#lib/http/problem.ts';
import { readRequestTarget } from '#lib/http/request-target.ts';
import { dataPolicy, pagePolicy, programPolicy, securityHeaders } from '#lib/http/security-headers.ts';
import { waitingPage } from '#lib/http/waiting-page.ts';
import { log } from '#lib/log.ts';
import { drainRequest } from './drain-request.ts';
import { answerHoldCall, isHoldCall } from './holds/answer-hold-call.ts';
import { sendMethods } from './ingest/answer-batch.ts';
import { receiveOverNode } from './ingest/receive-over-node.ts';
import { isHostAllowed } from './is-host-allowed.ts';
import { liveService } from './live/live-service.ts';
import { liveMethods, serveLive } from './live/serve-live.ts';
import { refuseExport, signalOf } from './otlp/answer-export.ts';
import { receiveExportOverNode, sendExportReply } from './otlp/receive-export-over-node.ts';
import { readHealth } from './read-health.ts';
import { isReady } from './readiness.ts';
import { endSessionStreams } from './sessions/open-session-stream.ts';

type Next = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type FrontDoor = {
  handle(request: IncomingMessage, response: ServerResponse, next: Next): void;
  /** Ends the event streams, which would be waited for otherwise; called when listening stops. */
  endStreams(): void;
  /** Ends what runs beside the requests; called once listening has stopped. */
  close(): Promise<void>;
};

/** Headers by which Next and proxies steer Next; a client has no business sending them. */
const internalHeaders = [
  'x-middleware-subrequest',
  'x-middleware-rewrite',
  'x-middleware-next',
  'x-invoke-path',
  'x-invoke-query',
  'x-matched-path',
  'x-now-route-matches',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-real-ip',
  'x-forwarded-proto',
  'x-forwarded-port',
  'next-action',
  'next-resume',
  'content-security-policy',
  'x-nonce',
];

const ingestPath = '/api/ingest';
const livePath = '/api/live';
const dataHeaders = { 'Content-Security-Policy': dataPolicy, 'Cache-Control': 'no-store' };

/** Stands before Next: what concerns every request, and the hot endpoints, which it serves itself. */
export function openFrontDoor(close: () => Promise<void>): FrontDoor {
  const headers = securityHeaders({ isHttps: env().PLIMSOLL_PUBLIC_URL?.startsWith('https:') ?? false });
  const ingestHeaders = Object.entries({ ...headers, ...dataHeaders }).flat();
  return {
    close,
    endStreams: () => {
      liveService().streams.close();
      endSessionStreams();
    },
    handle: (request, response, next) => {
      const isAddress = takeTarget(request);
      const path = pathOf(request);
      const direct = directFor(request, path);
      if (direct !== null) {
        const onError = (error: unknown) => {
          setHeaders(response, { ...headers, ...dataHeaders });
          return refuse(request, response, error);
        };
        try {
          void serveDirectly({ request, response, path }, { answer: direct, headers: ingestHeaders }).catch(
            onError,
          );
        } catch (error) {
          void onError(error);
        }
        return;
      }
      setHeaders(response, headers);
      void serve({ request, response, path, isAddress }, next).catch((error: unknown) =>
        refuse(request, response, error),
      );
    },
  };
}

/** What the hot endpoints write: answers to agents, without Next around them. */
type Direct = (exchange: Exchange, headers: readonly string[]) => Promise<void>;

function directFor(request: IncomingMessage, path: string): Direct | null {
  const signal = signalOf(path);
  const isSent = path === ingestPath || signal !== null;
  if (request.method === 'OPTIONS') {
    if (isSent) return tellMethods(sendMethods);
    return path === livePath ? tellMethods(liveMethods) : null;
  }
  if (path === ingestPath) {
    return (exchange, headers) => receiveOverNode(exchange.request, exchange.response, headers);
  }
  if (signal !== null) return (exchange, headers) => receiveExportOverNode(exchange, signal, headers);
  return isHoldCall(request, path) ? serveHoldCall : null;
}

function tellMethods(allow: string): Direct {
  return async ({ response }, headers) => {
    response.writeHead(204, [...headers, 'Allow', allow]);
    response.end();
  };
}

function serveDirectly(
  exchange: Exchange,
  { answer, headers }: { readonly answer: Direct; readonly headers: readonly string[] },
): Promise<void> {
  try {
    assertHost(exchange.request);
    assertReady();
  } catch (error) {
    if (signalOf(exchange.path) === null) throw error;
    const type = exchange.request.headers['content-type'] ?? null;
    return sendExportReply(exchange, refuseExport(error, type), headers);
  }
  return answer(exchange, headers);
}

async function serveHoldCall(
  { request, response, path }: Exchange,
  headers: readonly string[],
): Promise<void> {
  const reply = await answerHoldCall({
    path,
    header: (name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : null;
    },
    chunks: request,
  });
  response.writeHead(reply.status, [
    ...headers,
    'Content-Type',
    'application/json; charset=utf-8',
    'Content-Length',
    String(Buffer.byteLength(reply.body)),
  ]);
  response.end(reply.body);
}

type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The address without its query. */
  readonly path: string;
};

async function serve(
  { request, response, path, isAddress }: Exchange & { readonly isAddress: boolean },
  next: Next,
): Promise<void> {
  assertHost(request);
  if (!isAddress) throw new AppError('bad_request', 'The request line names no address of this server.');
  assertMethod(request);
  for (const name of internalHeaders) delete request.headers[name];
  if (!isReadablePath(path))
    throw new AppError('bad_request', 'The path is not valid percent-encoded UTF-8.');
  if (path.startsWith('/_next/image')) throw new AppError('not_found', 'There is no image optimizer here.');
  if (path === '/api' || path.startsWith('/api/')) {
    setHeaders(response, dataHeaders);
    if (path !== '/api/health/live' && path !== '/api/health/ready') assertReady();
    if (path === livePath) return serveLive(request, response);
  } else if (path.startsWith('/_next/')) {
    const isProgram = path.startsWith('/_next/static/') && path.endsWith('.js');
    response.setHeader('Content-Security-Policy', isProgram ? programPolicy : dataPolicy);
  } else {
    setPagePolicy(request, response);
    const { status } = await readHealth();
    if (status !== 'ready') return showWaiting(response, status);
  }
  return next(request, response);
}

/** A server component cannot answer 503; without this a page would be a 500 while the database is away. */
function showWaiting(response: ServerResponse, reason: 'starting' | 'database_unavailable'): void {
  response.writeHead(503, {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Retry-After': '2',
  });
  response.end(waitingPage(reason));
}

/** Next reads the nonce from the request's policy and puts it on its own scripts; the layout reads `x-nonce`. */
function setPagePolicy(request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = pagePolicy({ nonce, isDev: process.env.NODE_ENV === 'development' });
  request.headers['content-security-policy'] = policy;
  request.headers['x-nonce'] = nonce;
  response.setHeader('Content-Security-Policy', policy);
}

function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  if (response.headersSent) return;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function assertHost(request: IncomingMessage): void {
  if (isHostAllowed(request.headers.host)) return;
  throw new AppError(
    'wrong_host',
    'This server does not answer to that host name. Set PLIMSOLL_ALLOWED_HOSTS or PLIMSOLL_PUBLIC_URL.',
  );
}

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Next answers 500 to TRACE, and to others a 400 that says nothing. */
function assertMethod({ method = 'GET' }: IncomingMessage): void {
  if (methods.includes(method)) return;
  throw new AppError('method_not_allowed', `${method} is not known here.`, { allow: methods.join(', ') });
}

function assertReady(): void {
  if (!isReady()) throw new AppError('not_ready', 'The server is starting.', { retryAfterSeconds: 1 });
}

/** Puts a target that is a whole address into the parts that everything behind reads. @returns false for `*` */
function takeTarget(request: IncomingMessage): boolean {
  const target = readRequestTarget(request.url ?? '/');
  if (target === null) return false;
  request.url = target.url;
  if (target.host !== null) request.headers.host = target.host;
  return true;
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/** Next answers 500 to a path that it cannot decode. */
function isReadablePath(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

async function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): Promise<void> {
  if (!(error instanceof AppError)) log.error('request.failed', { path: pathOf(request), cause: error });
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem = problemOf(error);
  // What is left of an unread body would be taken for the next request of this connection.
  const closing = (await drainRequest(request)) ? {} : { Connection: 'close' };
  response.writeHead(problem.status, {
    ...problem.headers,
    ...closing,
    'Cache-Control': 'no-store',
    'Content-Length': Buffer.byteLength(problem.body),
  });
  response.end(problem.body);
}

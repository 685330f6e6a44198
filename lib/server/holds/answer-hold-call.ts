import 'server-only';
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { holdSettlement, newEstimate, newHold } from '#lib/budget/new-hold.ts';
import { AppError } from '#lib/errors.ts';
import { holdPath } from '#lib/http/contract/hold-answer.ts';
import { parseJson } from '#lib/http/parse-json.ts';
import { readBody } from '#lib/http/read-body.ts';
import { allows, type KeyScope } from '#lib/settings/key-scope.ts';
import { findPrincipal } from '../auth/find-principal.ts';
import { parseParams, parseWith } from '../http/parse-input.ts';
import { releaseHold, settleHold } from './end-hold.ts';
import { estimateCall } from './estimate-call.ts';
import { holdDesk } from './hold-desk.ts';
import { takeHold } from './take-hold.ts';

export type HoldCall = {
  /** The address without its query. */
  readonly path: string;
  readonly header: (name: string) => string | null;
  readonly chunks: IncomingMessage;
};

export type HoldReply = { readonly status: number; readonly body: string };

const bytesMax = 16_384;
const jsonType = /^application\/json\s*(?:;\s*charset=(?:utf-8|"utf-8")\s*)?$/i;
const endPath = /^\/api\/holds\/([^/]+)\/(settle|release)$/;

/** Whether the front door answers this itself: what agents send before and after each call, with a key. */
export function isHoldCall(request: IncomingMessage, path: string): boolean {
  if (request.method !== 'POST' || !(request.headers.authorization || request.headers['x-api-key']))
    return false;
  return path === '/api/holds' || path === '/api/estimate' || endPath.test(path);
}

/** The same use cases as the routes under app/api/holds and app/api/estimate, without Next around them. */
export async function answerHoldCall(call: HoldCall): Promise<HoldReply> {
  const desk = holdDesk();
  if (call.path === '/api/holds') {
    const projectId = await admit(call, 'holds');
    return reply(201, await takeHold(desk, projectId, await bodyOf(call, newHold)));
  }
  if (call.path === '/api/estimate') {
    const projectId = await admit(call, 'holds');
    return reply(200, await estimateCall(desk, projectId, await bodyOf(call, newEstimate)));
  }
  const [, part = '', end] = endPath.exec(call.path) ?? [];
  const projectId = await admit(call, 'holds');
  const asked = { projectId, ...parseParams(holdPath, { id: decoded(part) }) };
  if (end === 'release') return reply(200, await releaseHold(desk, asked));
  return reply(200, await settleHold(desk, asked, await bodyOf(call, holdSettlement)));
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    // No address at all: `parseParams` says so.
    return null;
  }
}

async function admit({ header }: HoldCall, scope: KeyScope): Promise<number> {
  const principal = await findPrincipal({
    authorization: header('authorization'),
    apiKey: header('x-api-key'),
    cookie: null,
  });
  if (principal === null) throw new AppError('unauthenticated', 'Send a key: `Authorization: Bearer <key>`.');
  if (!allows(principal.scopes, scope))
    throw new AppError('forbidden', `This key lacks the scope \`${scope}\`.`);
  return principal.projectId;
}

async function bodyOf<S extends z.ZodType>({ header, chunks }: HoldCall, schema: S): Promise<z.output<S>> {
  if (!jsonType.test(header('content-type') ?? '')) {
    throw new AppError('unsupported_media_type', 'Send `Content-Type: application/json`.');
  }
  const bytes = await readBody({
    chunks,
    contentEncoding: header('content-encoding'),
    contentLength: header('content-length'),
    wireBytesMax: bytesMax,
    decodedBytesMax: bytesMax,
  });
  return parseWith(schema, parseJson(bytes), 'bad_request');
}

function reply(status: number, answer: unknown): HoldReply {
  return { status, body: JSON.stringify(answer) };
}

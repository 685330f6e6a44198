import 'server-only';
import type { z } from 'zod';
import type { Database } from '#db/database.ts';
import { AppError } from '#lib/errors.ts';
import type { streamQuery } from '#lib/http/contract/chat-contract.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { liveService } from '../live/live-service.ts';
import { liveHeaders } from '../live/to-live-response.ts';
import { getSession } from './get-session.ts';
import { parseEventId, type StreamPosition, streamSession } from './stream-session.ts';

const streamsMax = 100;
const slot = Symbol.for('plimsoll.session-streams');
type Holder = typeof globalThis & { [slot]?: Set<AbortController> };

/**
 * Answers a request for a session's stream. At most 100 are open in a process.
 * @throws AppError `not_found`, `overloaded`
 */
export async function openSessionStream(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly query: z.output<typeof streamQuery>;
    readonly request: Request;
    /** For tests; default the process's one. */
    readonly hub?: LiveHub;
  },
): Promise<Response> {
  const { projectId, id, query, request, hub = liveService().hub } = input;
  if (request.method === 'HEAD') {
    // Next asks GET for it, and would leave the stream open with nobody reading.
    await getSession(db, { projectId, id });
    return new Response(null, { headers: liveHeaders });
  }
  const open = openStreams();
  if (open.size >= streamsMax) {
    throw new AppError('overloaded', `${streamsMax} sessions are being followed. Ask again later, or poll.`, {
      retryAfterSeconds: 30,
    });
  }
  const ending = new AbortController();
  open.add(ending);
  ending.signal.addEventListener('abort', () => open.delete(ending), { once: true });
  if (request.signal.aborted) ending.abort();
  request.signal.addEventListener('abort', () => ending.abort(), { once: true });
  try {
    const body = await streamSession(db, {
      projectId,
      id,
      position: parseEventId(request.headers.get('last-event-id')) ?? positionOf(query),
      hub,
      signal: ending.signal,
      onEnd: () => open.delete(ending),
    });
    return new Response(body, { headers: liveHeaders });
  } catch (error) {
    open.delete(ending);
    throw error;
  }
}

/** Ends all of this process, so that they do not hold up its shutdown. */
export function endSessionStreams(): void {
  for (const ending of [...openStreams()]) ending.abort();
}

function positionOf({ after, epoch }: z.output<typeof streamQuery>): StreamPosition | null {
  return after === undefined ? null : { epoch: epoch ?? -1, nextSeq: after };
}

/** On globalThis for the reason given at `database()`. */
function openStreams(): Set<AbortController> {
  const holder: Holder = globalThis;
  holder[slot] ??= new Set();
  return holder[slot];
}

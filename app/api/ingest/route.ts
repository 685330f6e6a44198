import { problemOf } from '#lib/http/problem.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { answerBatch } from '#lib/server/ingest/answer-batch.ts';

/** In production the front door answers this path before Next does, through the same use case. */
export async function POST(request: Request): Promise<Response> {
  try {
    const reply = await answerBatch({
      method: request.method,
      header: (name) => request.headers.get(name),
      chunks: request.body ?? emptyBody(),
      signal: request.signal,
    });
    return new Response(reply.body, {
      status: reply.status,
      headers: { 'Content-Type': reply.contentType, 'Cache-Control': 'no-store' },
    });
  } catch (error) {
    const problem = problemOf(error);
    return new Response(problem.body, { status: problem.status, headers: problem.headers });
  }
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');

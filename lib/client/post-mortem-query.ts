import { queryOptions } from '@tanstack/react-query';
import type { PostMortem } from '#lib/sessions/post-mortem.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const postMortemAnswer = shape.object({
  cause: shape.nullable(shape.oneOf(['overflow', 'errors', 'silence'])),
  steps: shape.array(
    shape.object({
      ts: shape.string,
      contextTokens: shape.number,
      growthTokens: shape.nullable(shape.number),
      status: shape.oneOf(['ok', 'error', 'aborted']),
      error: shape.nullable(shape.string),
    }),
  ),
  culprit: shape.nullable(
    shape.object({
      seq: shape.number,
      toolName: shape.nullable(shape.string),
      bytes: shape.number,
      tokens: shape.number,
      rereads: shape.number,
    }),
  ),
  rule: shape.nullable(shape.oneOf(['resultBytesMax', 'historyBytesMax'])),
}) satisfies shape.Shape<PostMortem>;

/** Why a session stopped, or that nothing looks wrong. */
export function postMortemQuery(id: string) {
  return queryOptions({
    queryKey: ['session', id, 'post-mortem'],
    queryFn: ({ signal }) =>
      fetchJson({
        path: `/api/sessions/${encodeURIComponent(id)}/post-mortem`,
        schema: postMortemAnswer,
        signal,
      }),
  });
}

import type { z } from 'zod';
import type { ErrorCode } from '#lib/errors.ts';
import type { KeyScope } from '#lib/settings/key-scope.ts';

/** One operation of the API, as the OpenAPI document tells it. */
export type Operation = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: `/api/${string}`;
  readonly summary: string;
  /** Null needs no key. */
  readonly scope: KeyScope | null;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly bodyTypes?: readonly string[];
  /** By status; null has no body. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>;
  /** Default `application/json` alone. */
  readonly answerTypes?: readonly string[];
  /** The same in protobuf, and refusals in the encoding of the request. */
  readonly protobuf?: { readonly request: string; readonly answer: string; readonly problem: z.ZodType };
  /** The route's own address, where several operations share one. */
  readonly route?: `/api/${string}`;
  /** Besides those that every operation can have. */
  readonly problems?: readonly ErrorCode[];
};

import { z } from 'zod';
import { AppError, type ErrorCode, errorCodes } from '#lib/errors.ts';
import { problemOf } from '../problem.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';

type Json = Readonly<Record<string, unknown>>;

const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(errorCodes).describe('Stable: programs decide by it.'),
    detail: z.string(),
  })
  .describe('RFC 9457');

/** What any operation can answer. */
const problemsOfAll: readonly ErrorCode[] = [
  'method_not_allowed',
  'wrong_host',
  'overloaded',
  'database_unavailable',
  'not_ready',
  'internal',
];

/** OpenAPI 3.1 of the whole API, from the schemas that its routes parse with. */
export function openapiDocument(version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: toOperation(operation) };
  }
  return hoistNamed({
    openapi: '3.1.0',
    info: {
      title: 'Plimsoll',
      version,
      description: 'What LLM agents spend, and how heavy their sessions have grown.',
    },
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        session: { type: 'apiKey', in: 'cookie', name: 'plimsoll_session' },
      },
    },
  });
}

function toOperation(operation: Operation): Json {
  const { scope, body, protobuf, bodyTypes = ['application/json'] } = operation;
  const schema = body && toSchema(body);
  return {
    operationId: nameOf(operation),
    summary: operation.summary,
    ...(scope === null
      ? { security: [] }
      : {
          description: `Needs the scope \`${scope}\`, or \`admin\`.`,
          security: [{ bearer: [] }, { apiKey: [] }, ...(scope === 'ingest' ? [] : [{ session: [] }])],
        }),
    parameters: [...pathParameters(operation), ...queryParameters(operation)],
    ...(schema && {
      requestBody: {
        required: true,
        content: {
          ...Object.fromEntries(bodyTypes.map((type) => [type, { schema }])),
          ...(protobuf && inProtobuf(protobuf.request)),
        },
      },
    }),
    responses: { ...answersOf(operation), ...problemsOf(operation) },
  };
}

/** `getSessionsIdMessages` */
function nameOf({ method, path }: Operation): string {
  const words = path.replace('/api/', '').split(/[^a-z\d]+/i);
  return [
    method,
    ...words.filter(Boolean).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)),
  ].join('');
}

function pathParameters({ path, params }: Operation): readonly Json[] {
  const properties = params && propertiesOf(params);
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: properties?.[name] ?? { type: 'string' },
  }));
}

function queryParameters({ query }: Operation): readonly Json[] {
  if (query === undefined) return [];
  return Object.entries(propertiesOf(query)).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !z.safeParse(query.shape[name] ?? z.any(), undefined).success,
    // A list is written `a,b`.
    ...(schema['type'] === 'array' ? { style: 'form', explode: false } : {}),
    schema,
  }));
}

/** Read from an address: what the text means, not the text. */
function propertiesOf(schema: z.ZodObject): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(schema.shape).map(([name, field]) => [name, toSchema(field, 'output')]),
  );
}

/** Bytes have no schema; the name is that of the message. */
function inProtobuf(message: string): Json {
  return { 'application/x-protobuf': { schema: { description: message } } };
}

function answersOf({ answers, protobuf, answerTypes = ['application/json'] }: Operation): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => [
      status,
      schema === null
        ? { description: 'Done.' }
        : {
            description: 'The answer.',
            content: {
              ...Object.fromEntries(answerTypes.map((type) => [type, { schema: toSchema(schema) }])),
              ...(protobuf && inProtobuf(protobuf.answer)),
            },
          },
    ]),
  );
}

function problemsOf({ scope, protobuf, problems = [] }: Operation): Json {
  const keyProblems: readonly ErrorCode[] = scope === null ? [] : ['unauthenticated', 'forbidden'];
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...problems, ...keyProblems, ...problemsOfAll]) {
    const { status } = problemOf(new AppError(code, ''));
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const content = protobuf
    ? {
        'application/json': { schema: toSchema(protobuf.problem) },
        ...inProtobuf('google.rpc.Status'),
        ...problem,
      }
    : problem;
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, { description: codes.join(', '), content }]),
  );
}

function toSchema(schema: z.ZodType, io: 'input' | 'output' = 'input'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

/** Puts the schemas that have a name where OpenAPI keeps them, once each. */
function hoistNamed(document: { readonly components: Json } & Json): Json {
  const named: Record<string, Json> = {};
  const text = JSON.stringify(document, (key, value: unknown) => {
    if (key === '$ref') return String(value).replace('#/$defs/', '#/components/schemas/');
    if (typeof value !== 'object' || value === null || !('$defs' in value)) return value;
    const { $defs, ...rest } = value;
    Object.assign(named, $defs);
    return rest;
  });
  const { components, ...rest }: typeof document = JSON.parse(text);
  const schemas = Object.entries(named).map(([name, { id: _, ...schema }]) => [name, schema]);
  return {
    ...rest,
    components: {
      ...components,
      schemas: { Problem: toSchema(problemSchema), ...Object.fromEntries(schemas) },
    },
  };
}

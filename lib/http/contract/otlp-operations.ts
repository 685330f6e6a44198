import { z } from 'zod';
import { bodyProblems } from './body-problems.ts';
import type { Operation } from './operation.ts';

/** OTLP's own definitions are the reference; lib/otlp is what reads them. */
const signals = [
  {
    name: 'traces',
    service: 'collector.trace.v1.ExportTraceService',
    member: 'resourceSpans',
    rejected: 'rejectedSpans',
    summary:
      'Send spans (OTLP/HTTP). Model calls, tools, and what was said if spans tell it, each counted once.',
  },
  {
    name: 'logs',
    service: 'collector.logs.v1.ExportLogsService',
    member: 'resourceLogs',
    rejected: 'rejectedLogRecords',
    summary: 'Send log records (OTLP/HTTP). Calls and tools of Claude Code, Codex and Gemini CLI.',
  },
  {
    name: 'metrics',
    service: 'collector.metrics.v1.ExportMetricsService',
    member: 'resourceMetrics',
    rejected: 'rejectedDataPoints',
    summary: 'Send metrics (OTLP/HTTP). Accepted and not counted: spans and log records say the same.',
  },
] as const;

const rpcStatus = z
  .object({ code: z.int(), message: z.string() })
  .describe('google.rpc.Status; `message` begins with the code of the problem');

export const otlpOperations: readonly Operation[] = signals.map(
  ({ name, service, member, rejected, summary }) => ({
    method: 'post',
    path: `/api/otel/v1/${name}`,
    route: '/api/otel/v1/{signal}',
    summary,
    scope: 'ingest',
    body: z
      .looseObject({ [member]: z.array(z.looseObject({})).optional() })
      .describe('OTLP/JSON: at most 5 MiB on the wire, 20 MiB unpacked, 64 levels.'),
    answers: {
      200: z.object({
        partialSuccess: z
          .object({
            [rejected]: z.string().describe('How many were not taken, and must not be sent again.'),
            errorMessage: z.string(),
          })
          .optional(),
      }),
    },
    protobuf: {
      request: `opentelemetry.proto.${service}Request`,
      answer: `opentelemetry.proto.${service}Response`,
      problem: rpcStatus,
    },
    problems: bodyProblems,
  }),
);

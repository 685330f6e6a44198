import { bodyProblems } from './body-problems.ts';
import { ingestAnswer, ingestBody } from './ingest-contract.ts';
import { liveAnswer, liveQuery } from './live-query.ts';
import { namesAnswer } from './names-answer.ts';
import type { Operation } from './operation.ts';
import { operationsAnswer, operationsQuery } from './operations-contract.ts';
import { overviewAnswer } from './overview-answer.ts';
import { overviewQuery } from './overview-query.ts';
import { projectionAnswer } from './projection-answer.ts';
import { projectionQuery } from './projection-query.ts';
import { usageAnswer } from './usage-answer.ts';
import { usageQuery } from './usage-query.ts';

/** Events in, and what they add up to. */
export const usageOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/ingest',
    summary: 'Send events. A 2xx means committed; the same id is counted once however often it is sent.',
    scope: 'ingest',
    body: ingestBody,
    bodyTypes: ['application/json', 'application/x-ndjson'],
    answers: { 200: ingestAnswer, 207: ingestAnswer },
    problems: [...bodyProblems, 'empty_batch', 'too_many_events', 'invalid_items'],
  },
  {
    method: 'get',
    path: '/api/usage',
    summary:
      'Calls, tokens, cost and latency by calendar bucket and by name. Buckets without calls have no row.',
    scope: 'read',
    query: usageQuery,
    answers: { 200: usageAnswer },
    problems: ['invalid_query'],
  },
  {
    method: 'get',
    path: '/api/overview',
    summary: 'The last days, what they cost by model and agent, and the heaviest sessions.',
    scope: 'read',
    query: overviewQuery,
    answers: { 200: overviewAnswer },
    problems: ['invalid_query'],
  },
  {
    method: 'get',
    path: '/api/operations',
    summary: 'What agents did besides calling models: tools, savings, waits, slow operations, uptime.',
    scope: 'read',
    query: operationsQuery,
    answers: { 200: operationsAnswer },
    problems: ['invalid_query'],
  },
  {
    method: 'get',
    path: '/api/live',
    summary:
      'Server-sent events, named `change`, that say what changed. They end after five minutes: reconnect.',
    scope: 'read',
    query: liveQuery,
    answers: { 200: liveAnswer },
    answerTypes: ['text/event-stream'],
    problems: ['invalid_query'],
  },
  {
    method: 'get',
    path: '/api/projection',
    summary:
      'What a day, week, month or span has cost so far and where it is heading: P10, P50 and P90, what that rests on, and how far it missed before.',
    scope: 'read',
    query: projectionQuery,
    answers: { 200: projectionAnswer },
    problems: ['invalid_query', 'not_found'],
  },
  {
    method: 'get',
    path: '/api/names',
    summary: 'The agents, models and providers that usage was reported under.',
    scope: 'read',
    answers: { 200: namesAnswer },
  },
];

import type { z } from 'zod';
import type { ErrorCode } from '#lib/errors.ts';
import type { KeyScope } from '#lib/settings/key-scope.ts';
import { loginCredential } from '#lib/settings/login-credential.ts';
import { newKey } from '#lib/settings/new-key.ts';
import { newPassword } from '#lib/settings/new-password.ts';
import { settingsPatch } from '#lib/settings/project-settings.ts';
import { keysAnswer, loginAnswer, newKeyAnswer, settingsAnswer } from './account-answer.ts';
import { bodyProblems } from './body-problems.ts';
import { budgetOperations } from './budget-operations.ts';
import {
  exportQuery,
  outlineAnswer,
  searchAnswer,
  searchQuery,
  streamQuery,
  turnAnswer,
  turnQuery,
} from './chat-contract.ts';
import {
  clearAnswer,
  clearQuery,
  clearSessionsAnswer,
  clearSessionsBody,
  restoreAnswer,
} from './clear-contract.ts';
import { ingestAnswer, ingestBody } from './ingest-contract.ts';
import { liveAnswer, liveQuery } from './live-query.ts';
import { messageAnswer, messagesAnswer } from './message-answer.ts';
import { messagePath, messagesQuery } from './messages-query.ts';
import { namesAnswer } from './names-answer.ts';
import { operationsAnswer, operationsQuery } from './operations-contract.ts';
import { otlpOperations } from './otlp-operations.ts';
import { overviewAnswer } from './overview-answer.ts';
import { overviewQuery } from './overview-query.ts';
import { knownPricesAnswer, priceAnswer, pricesAnswer, repricingAnswer } from './price-answer.ts';
import { knownPricesQuery, priceBody, pricePatch, pricePath, repriceBody } from './price-body.ts';
import { projectionAnswer } from './projection-answer.ts';
import { projectionQuery } from './projection-query.ts';
import { projectsAnswer, shownProject } from './projects-contract.ts';
import { sessionAnswer, sessionsAnswer } from './session-answer.ts';
import { sessionPath, sessionsQuery } from './sessions-query.ts';
import { usageAnswer } from './usage-answer.ts';
import { usageQuery } from './usage-query.ts';
import { postMortemAnswer, whatIfAnswer, whatIfQuery } from './what-if-contract.ts';

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
  /** Default `application/json`. */
  readonly answerType?: string;
  /** The same in protobuf, and refusals in the encoding of the request. */
  readonly protobuf?: { readonly request: string; readonly answer: string; readonly problem: z.ZodType };
  /** The route's own address, where several operations share one. */
  readonly route?: `/api/${string}`;
  /** Besides those that every operation can have. */
  readonly problems?: readonly ErrorCode[];
};

export const operations: readonly Operation[] = [
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
    answerType: 'text/event-stream',
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
    path: '/api/prices',
    summary:
      "The project's own rates, and of each model that calls have named the rates in force and where they come from.",
    scope: 'read',
    answers: { 200: pricesAnswer },
  },
  {
    method: 'post',
    path: '/api/prices',
    summary:
      'Add rates of your own. They win over the bundled list from the next call on; stored calls keep their cost until they are re-priced.',
    scope: 'admin',
    body: priceBody,
    answers: { 201: priceAnswer },
    problems: [...bodyProblems, 'cross_site', 'conflict'],
  },
  {
    method: 'patch',
    path: '/api/prices/{id}',
    summary: 'Change the named parts of your own rates.',
    scope: 'admin',
    params: pricePath,
    body: pricePatch,
    answers: { 200: priceAnswer },
    problems: [...bodyProblems, 'cross_site', 'not_found'],
  },
  {
    method: 'delete',
    path: '/api/prices/{id}',
    summary: 'Remove your own rates.',
    scope: 'admin',
    params: pricePath,
    answers: { 204: null },
    problems: ['not_found', 'cross_site'],
  },
  {
    method: 'get',
    path: '/api/prices/known',
    summary: 'Models of the bundled price list and their rates.',
    scope: 'read',
    query: knownPricesQuery,
    answers: { 200: knownPricesAnswer },
    problems: ['invalid_query'],
  },
  {
    method: 'post',
    path: '/api/prices/reprice',
    summary:
      'Price stored calls by the rates in force at their own time. `dryRun`, the default, says what would change; `next` goes on where a long one ended.',
    scope: 'admin',
    body: repriceBody,
    answers: { 200: repricingAnswer },
    problems: [...bodyProblems, 'cross_site', 'overloaded'],
  },
  {
    method: 'get',
    path: '/api/sessions',
    summary: 'Sessions, the largest first by the asked measure.',
    scope: 'read',
    query: sessionsQuery,
    answers: { 200: sessionsAnswer },
    problems: ['invalid_query'],
  },
  {
    method: 'get',
    path: '/api/sessions/{id}',
    summary: 'One session: totals, how its context grew, which messages weigh most.',
    scope: 'read',
    params: sessionPath,
    answers: { 200: sessionAnswer },
    problems: ['not_found'],
  },
  {
    method: 'get',
    path: '/api/sessions/{id}/what-if',
    summary:
      'The recorded session replayed with rules of the agent toolkit: tokens, money and where it dies.',
    scope: 'read',
    params: sessionPath,
    query: whatIfQuery,
    answers: { 200: whatIfAnswer },
    problems: ['invalid_query', 'not_found'],
  },
  {
    method: 'get',
    path: '/api/sessions/{id}/post-mortem',
    summary:
      'Why a session stopped: overflow, errors or silence, the last steps, the culprit, the rule to set.',
    scope: 'read',
    params: sessionPath,
    answers: { 200: postMortemAnswer },
    problems: ['not_found'],
  },
  {
    method: 'get',
    path: '/api/sessions/{id}/messages',
    summary: 'Messages by their dense number, without bodies.',
    scope: 'read',
    params: sessionPath,
    query: messagesQuery,
    answers: { 200: messagesAnswer },
    problems: ['invalid_query', 'not_found'],
  },
  {
    method: 'delete',
    path: '/api/sessions/{id}/messages',
    summary:
      'Clear the history, at once and for every reader; it can be restored for a while. What was spent stays counted.',
    scope: 'admin',
    params: sessionPath,
    query: clearQuery,
    answers: { 200: clearAnswer },
    problems: ['invalid_query', 'not_found', 'conflict', 'cross_site'],
  },
  {
    method: 'post',
    path: '/api/sessions/{id}/restore',
    summary: 'Take the last clearing back while its time lasts.',
    scope: 'admin',
    params: sessionPath,
    answers: { 200: restoreAnswer },
    problems: ['not_found', 'conflict', 'cross_site'],
  },
  {
    method: 'post',
    path: '/api/sessions/clear',
    summary: 'Clear the histories of many sessions, or see which a filter finds.',
    scope: 'admin',
    body: clearSessionsBody,
    answers: { 200: clearSessionsAnswer },
    problems: [...bodyProblems, 'cross_site'],
  },
  {
    method: 'get',
    path: '/api/sessions/{id}/search',
    summary: 'Search the whole texts from the newest message back, a stretch at a time.',
    scope: 'read',
    params: sessionPath,
    query: searchQuery,
    answers: { 200: searchAnswer },
    problems: ['invalid_query', 'not_found'],
  },
  {
    method: 'get',
    path: '/api/sessions/{id}/export',
    summary: 'All messages whole, as a stream: a JSON document a line, or Markdown.',
    scope: 'read',
    params: sessionPath,
    query: exportQuery,
    answers: { 200: null },
    problems: ['invalid_query', 'not_found'],
  },
  {
    method: 'get',
    path: '/api/sessions/{id}/stream',
    summary:
      'Messages as they come, as server-sent events `state` and `messages`; goes on after `Last-Event-ID`.',
    scope: 'read',
    params: sessionPath,
    query: streamQuery,
    answers: { 200: null },
    problems: ['invalid_query', 'not_found', 'overloaded'],
  },
  {
    method: 'get',
    path: '/api/sessions/{id}/outline',
    summary: 'Where the weight, the compactions and the failed calls are.',
    scope: 'read',
    params: sessionPath,
    answers: { 200: outlineAnswer },
    problems: ['not_found'],
  },
  {
    method: 'get',
    path: '/api/sessions/{id}/turn',
    summary: 'The nearest thing that a user said, after or before a message.',
    scope: 'read',
    params: sessionPath,
    query: turnQuery,
    answers: { 200: turnAnswer },
    problems: ['invalid_query', 'not_found'],
  },
  {
    method: 'get',
    path: '/api/sessions/{id}/messages/{seq}',
    summary: 'One whole message.',
    scope: 'read',
    params: messagePath,
    answers: { 200: messageAnswer },
    problems: ['not_found'],
  },
  {
    method: 'get',
    path: '/api/names',
    summary: 'The agents and models that can be filtered by.',
    scope: 'read',
    answers: { 200: namesAnswer },
  },
  {
    method: 'get',
    path: '/api/projects',
    summary: 'The projects that may be looked at: of a signed-in browser all, of a key its own.',
    scope: 'read',
    answers: { 200: projectsAnswer },
  },
  {
    method: 'put',
    path: '/api/projects/shown',
    summary: 'Turn this browser to another project. A key opens its own only.',
    scope: 'read',
    body: shownProject,
    answers: { 204: null },
    problems: [...bodyProblems, 'not_found', 'cross_site'],
  },
  {
    method: 'get',
    path: '/api/login',
    summary: 'What the login page may offer.',
    scope: null,
    answers: { 200: loginAnswer },
  },
  {
    method: 'post',
    path: '/api/login',
    summary: 'Sign a browser in: sets the session cookie.',
    scope: null,
    body: loginCredential,
    answers: { 204: null },
    problems: [...bodyProblems, 'unauthenticated', 'cross_site', 'rate_limited'],
  },
  {
    method: 'post',
    path: '/api/logout',
    summary: 'End the session of this browser.',
    scope: null,
    answers: { 204: null },
    problems: ['cross_site'],
  },
  {
    method: 'get',
    path: '/api/keys',
    summary: 'All keys, the newest first, revoked ones too.',
    scope: 'admin',
    answers: { 200: keysAnswer },
  },
  {
    method: 'post',
    path: '/api/keys',
    summary: 'Make a key. The answer is the only time its secret is shown.',
    scope: 'admin',
    body: newKey,
    answers: { 201: newKeyAnswer },
    problems: [...bodyProblems, 'cross_site'],
  },
  {
    method: 'delete',
    path: '/api/keys/{id}',
    summary: 'Revoke a key: at once in this process, within five seconds in others.',
    scope: 'admin',
    answers: { 204: null },
    problems: ['not_found', 'cross_site'],
  },
  {
    method: 'get',
    path: '/api/settings',
    summary: 'What is set, and what this installation is and holds.',
    scope: 'admin',
    answers: { 200: settingsAnswer },
  },
  {
    method: 'patch',
    path: '/api/settings',
    summary: 'Change the named settings.',
    scope: 'admin',
    body: settingsPatch,
    answers: { 200: settingsAnswer },
    problems: [...bodyProblems, 'cross_site'],
  },
  {
    method: 'put',
    path: '/api/settings/password',
    summary: 'Set the sign-in password. All other browsers are signed out.',
    scope: 'admin',
    body: newPassword,
    answers: { 204: null },
    problems: [...bodyProblems, 'cross_site', 'conflict', 'rate_limited'],
  },
  ...budgetOperations,
  ...otlpOperations,
];

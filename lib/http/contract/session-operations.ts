import { z } from 'zod';
import { bodyProblems } from './body-problems.ts';
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
import { messageAnswer, messagesAnswer } from './message-answer.ts';
import { messagePath, messagesQuery } from './messages-query.ts';
import type { Operation } from './operation.ts';
import { sessionAnswer, sessionsAnswer } from './session-answer.ts';
import { sessionPath, sessionsQuery } from './sessions-query.ts';
import { postMortemAnswer, whatIfAnswer, whatIfQuery } from './what-if-contract.ts';

/** Sessions and their messages. */
export const sessionOperations: readonly Operation[] = [
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
    answers: { 200: z.string() },
    answerTypes: ['application/x-ndjson', 'text/markdown'],
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
    answers: { 200: z.string() },
    answerTypes: ['text/event-stream'],
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
];

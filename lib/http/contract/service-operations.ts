import { z } from 'zod';
import type { Operation } from './operation.ts';

/** What is asked about the server itself. */
export const serviceOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/health/live',
    summary: 'The process answers.',
    scope: null,
    answers: { 200: z.object({ status: z.literal('live') }) },
  },
  {
    method: 'get',
    path: '/api/health/ready',
    summary: 'The database answers and migrations are applied.',
    scope: null,
    answers: { 200: z.object({ status: z.literal('ready') }) },
  },
  {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This document.',
    scope: null,
    answers: { 200: z.looseObject({ openapi: z.string() }) },
  },
];

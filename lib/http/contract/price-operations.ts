import { bodyProblems } from './body-problems.ts';
import type { Operation } from './operation.ts';
import { knownPricesAnswer, priceAnswer, pricesAnswer, repricingAnswer } from './price-answer.ts';
import { knownPricesQuery, priceBody, pricePatch, pricePath, repriceBody } from './price-body.ts';

/** Rates, and pricing stored calls anew. */
export const priceOperations: readonly Operation[] = [
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
];

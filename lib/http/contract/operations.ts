import { accountOperations } from './account-operations.ts';
import { budgetOperations } from './budget-operations.ts';
import type { Operation } from './operation.ts';
import { otlpOperations } from './otlp-operations.ts';
import { priceOperations } from './price-operations.ts';
import { serviceOperations } from './service-operations.ts';
import { sessionOperations } from './session-operations.ts';
import { usageOperations } from './usage-operations.ts';

/** The whole API, in the order in which the OpenAPI document tells it. */
export const operations: readonly Operation[] = [
  ...usageOperations,
  ...priceOperations,
  ...sessionOperations,
  ...accountOperations,
  ...budgetOperations,
  ...otlpOperations,
  ...serviceOperations,
];

import { latencyLaneOf } from './delta-columns.ts';

/** The sums of `operation_rollups`; `max_ms` beside them is a maximum. */
export const operationMeasures = [
  'calls',
  'errors',
  'limited',
  'cached',
  'bytes_before',
  'bytes_after',
  'tokens_before',
  'tokens_after',
  'latency_lanes',
] as const;

const both = (column: string, other: string) =>
  `case when ${column} is null or ${other} is null then 0 else ${column} end`;

/** What one operation adds to each, and its part of the maximum. */
export const operationColumns = (o: string) => {
  const values = [
    '1',
    `(${o}.status = 1)::int`,
    `coalesce(${o}.kind = 0 and ${o}.attributes ->> 'outcome' = 'limited', false)::int`,
    `coalesce(${o}.kind = 0 and ${o}.attributes ->> 'fromCache' = 'true', false)::int`,
    both(`${o}.bytes_before`, `${o}.bytes_after`),
    both(`${o}.bytes_after`, `${o}.bytes_before`),
    both(`${o}.tokens_before`, `${o}.tokens_after`),
    both(`${o}.tokens_after`, `${o}.tokens_before`),
    latencyLaneOf(`${o}.duration_ms`),
  ];
  const named = operationMeasures.map((name, place) => `${values[place]} as ${name}`).join(', ');
  return `${named}, ${o}.duration_ms as max_ms`;
};

/** Sums of rows that have these columns. */
export const operationSums = (row: string) =>
  `${operationMeasures.map((name) => `sum(${row}.${name}) as ${name}`).join(', ')}, max(${row}.max_ms) as max_ms`;

import type { EventIds } from '../make-event.ts';

/** What the process that makes the load is told. */
export type LoadPlan = {
  readonly host: string;
  readonly port: number;
  readonly authorization: string;
  /** Keep-alive connections, one request at a time on each. */
  readonly clients: number;
  readonly eventsPerRequest: number;
  readonly events: number;
  readonly ids: EventIds;
  readonly seed: number;
};

/** What it measured. */
export type LoadResult = {
  readonly seconds: number;
  readonly timesMs: readonly number[];
  readonly accepted: number;
  /** Answers 429 and 503, which were sent again. */
  readonly refusals: number;
  readonly cpuMicros: number;
};

/** Of one run. Times are of one request (or one COPY), CPU of the process that is named. */
export type LoadFigures = {
  readonly eventsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly nodeMicrosPerEvent: number;
  readonly postgresMicrosPerEvent: number;
  readonly loadMicrosPerEvent: number;
  readonly refusals: number;
};

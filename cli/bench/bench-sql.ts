import type { connect } from '#db/connect.ts';

/** A pool as `connect` opens it. Benchmarks ask of the database what no query of the app does. */
export type BenchSql = ReturnType<typeof connect>;

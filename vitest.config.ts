import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const needsDatabase = ['db/**/*.test.ts', 'lib/server/**/*.test.ts', '**/*.db.test.ts'];
const launcher = ['cli/launcher/**/*.test.ts'];
const never = ['**/node_modules/**', '.next/**', '.plimsoll/**'];

/** `unit` needs nothing, `db` gets a Postgres of its own, `launcher` runs the real `npm start`. */
export default defineConfig({
  resolve: {
    alias: {
      // Outside Next nothing marks a module as the server's; the package's own empty module stands in.
      'server-only': fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url)),
    },
  },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Some promises are in seconds, and machines of CI stall: one repeat there, which the run names.
    retry: process.env['CI'] === undefined ? 0 : 1,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,components,lib,cli}/**/*.test.{ts,tsx}'],
          exclude: [...needsDatabase, ...launcher, ...never],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: needsDatabase,
          exclude: [...launcher, ...never],
          globalSetup: './cli/launcher/test-postgres.mjs',
        },
      },
      {
        extends: true,
        test: {
          name: 'launcher',
          include: launcher,
          exclude: never,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // They measure how fast a killed process is back.
          fileParallelism: false,
        },
      },
    ],
  },
});

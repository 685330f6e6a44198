import { runAsProgram } from './checks/run-as-program.mjs';

// The part that needs neither database nor browser, for before every commit.
await runAsProgram(['types', 'lint', 'unit']);

import { runAsProgram } from './checks/run-as-program.mjs';

/** @type {readonly import('./checks/checks.mjs').CheckName[]} */
const all = ['types', 'lint', 'unit', 'db', 'build', 'launcher', 'e2e'];

// `npm test -- build e2e` runs only those.
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.some((known) => known === name));
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(1);
}
await runAsProgram(asked.length === 0 ? all : all.filter((name) => asked.includes(name)));

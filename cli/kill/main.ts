import { parseArgs } from 'node:util';
import { clearRun } from './clear-run.ts';
import { killRun } from './kill-run.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, target: { type: 'string', default: 'both' } },
});

if (['both', 'clear'].includes(values.target)) {
  console.log(`${values.kills} clearings during ingest, with a kill -9 in each`);
  console.log(await clearRun({ clears: Number(values.kills) }));
}
for (const target of ['postgres', 'app'] as const) {
  if (values.target !== 'both' && values.target !== target) continue;
  console.log(`${values.kills} x kill -9 of ${target}`);
  console.log(await killRun({ kills: Number(values.kills), target }));
}

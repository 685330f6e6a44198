import { parseArgs } from 'node:util';
import { killRun } from './kill-run.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, target: { type: 'string', default: 'both' } },
});

for (const target of ['postgres', 'app'] as const) {
  if (values.target !== 'both' && values.target !== target) continue;
  console.log(`${values.kills} x kill -9 of ${target}`);
  console.log(await killRun({ kills: Number(values.kills), target }));
}

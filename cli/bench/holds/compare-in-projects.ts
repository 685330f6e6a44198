import type { Database } from '#db/database.ts';
import { compareWithModel } from '#lib/server/testing/hold-model.ts';

/** A run leaves its budgets, agents and events behind, which every later statement of its project looks at. */
const runsOfProject = 25;
const tellEveryMs = 10_000;

/** Runs of random commands against the model, few in each project and several projects at once. */
export async function compareInProjects(
  db: Database,
  { runs, lanes }: { readonly runs: number; readonly lanes: number },
): Promise<{ readonly runs: number; readonly differences: readonly string[] }> {
  const projects = Math.ceil(runs / runsOfProject);
  const differences: string[] = [];
  const startMs = performance.now();
  let toldMs = startMs;
  let taken = 0;
  let done = 0;
  const lane = async () => {
    while (taken < projects) {
      const projectId = ++taken;
      differences.push(...(await compareWithModel({ db, projectId, runs: runsOfProject, seed: projectId })));
      done += runsOfProject;
      if (performance.now() - toldMs < tellEveryMs) continue;
      toldMs = performance.now();
      const seconds = Math.round((toldMs - startMs) / 1_000);
      process.stderr.write(`${done} of ${runs} runs, ${differences.length} differences, ${seconds} s\n`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { runs: done, differences };
}

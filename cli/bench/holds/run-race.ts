import { openDatabase } from '#db/database.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { type RaceResult, raceHolds } from '#lib/server/testing/hold-race.ts';
import { openBenchPostgres } from '../bench-postgres.ts';

export type RaceRun = RaceResult & {
  readonly name: string;
  readonly kills: number;
  readonly seconds: number;
};

/** Races on a Postgres of its own that is killed twice, a third and two thirds through. */
export async function runRace(race: {
  readonly name: string;
  readonly budgets: 1 | 3;
  readonly limitUsd: string;
  readonly holds: number;
  readonly projectId: number;
}): Promise<RaceRun> {
  const postgres = await openBenchPostgres();
  try {
    await migrateDatabase(postgres.url);
    const replicas = [1, 2].map(() => openDatabase({ url: postgres.url, connectionsMax: 10 }));
    const killAt = [Math.floor(race.holds / 3), Math.floor((race.holds * 2) / 3)];
    let kills = 0;
    const startMs = performance.now();
    const result = await raceHolds({
      ...race,
      replicas,
      agents: 64,
      seed: 42,
      onDone: (done) => {
        if (kills >= killAt.length || done < (killAt[kills] ?? 0)) return;
        kills++;
        process.kill(postgres.currentPid(), 'SIGKILL');
      },
    });
    const seconds = (performance.now() - startMs) / 1_000;
    await Promise.all(replicas.map((replica) => replica.close()));
    return { ...result, name: race.name, kills, seconds };
  } finally {
    await postgres.close();
  }
}

import { quantile } from '../quantile.ts';

export type Timing = { readonly p50Ms: number; readonly p95Ms: number };
/** Asks once; answers how many rows came. */
export type Ask = () => Promise<number>;

const warmRounds = 5;

/**
 * Times what is given, one after the other, round by round: what else the machine does meanwhile hits all
 * of them alike. Five rounds go unmeasured before.
 * @throws Error when one answers nothing
 */
export async function measureQuestions(
  asks: ReadonlyMap<string, Ask>,
  rounds: number,
): Promise<ReadonlyMap<string, Timing>> {
  const times = new Map<string, number[]>([...asks.keys()].map((name) => [name, []]));
  for (let round = -warmRounds; round < rounds; round++) {
    for (const [name, ask] of asks) {
      const start = performance.now();
      const rows = await ask();
      const ms = performance.now() - start;
      if (rows === 0) throw new Error(`No rows: ${name}`);
      if (round >= 0) times.get(name)?.push(ms);
    }
  }
  return new Map(
    [...times].map(([name, list]) => [name, { p50Ms: quantile(list, 0.5), p95Ms: quantile(list, 0.95) }]),
  );
}

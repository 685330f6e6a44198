/** Milliseconds of each run, after some that do not count. */
export async function timeRuns(
  run: () => unknown,
  { warm, rounds }: { readonly warm: number; readonly rounds: number },
): Promise<readonly number[]> {
  for (let round = 0; round < warm; round++) await run();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedMs = performance.now();
    await run();
    times.push(performance.now() - startedMs);
  }
  return times;
}

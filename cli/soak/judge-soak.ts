export type SoakSample = {
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
  /** Resident size of the server's process; null where none was watched. */
  readonly serverBytes: number | null;
  /** Sizes of what is bounded, by name, with the bound. */
  readonly held: Readonly<Record<string, { readonly size: number; readonly max: number }>>;
};

/** Growth of the heap that is still noise: 0.2 MB or 3 %, whichever is more. */
const heapNoiseBytes = 200_000;
const heapNoiseShare = 0.03;
/** A server's resident size moves by this much with its collector's mood: 40 MB or 15 %, whichever is more. */
const serverNoiseBytes = 40_000_000;
const serverNoiseShare = 0.15;
const warmUpShare = 0.25;

/**
 * What is wrong with a run, empty when nothing is: the heap or the server grew over the run (by the median of
 * all slopes), nodes or listeners grew, or something is larger than its bound. The first quarter warms up and is left out.
 */
export function judgeSoak(samples: readonly SoakSample[]): readonly string[] {
  const kept = samples.slice(Math.ceil(samples.length * warmUpShare));
  const [first] = kept;
  if (first === undefined || kept.length < 4) return ['there are too few samples to judge'];
  const faults: string[] = [];
  const heapGrowth = growthOf(kept.map(({ heapBytes }) => heapBytes));
  if (heapGrowth > Math.max(heapNoiseBytes, first.heapBytes * heapNoiseShare)) {
    faults.push(`the heap grew by ${(heapGrowth / 1e6).toFixed(2)} MB`);
  }
  const resident = kept.flatMap(({ serverBytes }) => (serverBytes === null ? [] : [serverBytes]));
  const serverGrowth = growthOf(resident);
  if (serverGrowth > Math.max(serverNoiseBytes, (resident[0] ?? 0) * serverNoiseShare)) {
    faults.push(`the server grew by ${(serverGrowth / 1e6).toFixed(0)} MB`);
  }
  for (const name of ['nodes', 'listeners'] as const) {
    const growth = growthOf(kept.map((sample) => sample[name]));
    // Half a row more or less is on the screen at any moment.
    if (growth > 60) faults.push(`${name} grew by ${Math.round(growth)}`);
  }
  for (const { held } of samples) {
    for (const [name, { size, max }] of Object.entries(held)) {
      if (size > max) faults.push(`${name} holds ${size} of at most ${max}`);
    }
  }
  return [...new Set(faults)];
}

/** The median slope between any two samples (Theil and Sen), over the whole run: an outlier does not move it. */
function growthOf(values: readonly number[]): number {
  const slopes: number[] = [];
  for (const [from, value] of values.entries()) {
    for (const [step, later] of values.slice(from + 1).entries()) slopes.push((later - value) / (step + 1));
  }
  slopes.sort((a, b) => a - b);
  return (slopes[Math.floor(slopes.length / 2)] ?? 0) * (values.length - 1);
}

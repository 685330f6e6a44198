/** `upper`: the most that a call can cost. `likely`: what such calls of the agent cost on average. */
export const holdBases = ['upper', 'likely'] as const;
export type HoldBasis = (typeof holdBases)[number];

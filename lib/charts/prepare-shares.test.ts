import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareShares } from './prepare-shares.ts';

describe('prepareShares', () => {
  it('splits decimal strings by their size', () => {
    expect(prepareShares(['0.75', '0.25', '0'])).toEqual([75, 25, 0]);
  });

  it('gives 0 to all when nothing was spent', () => {
    expect(prepareShares(['0', '0'])).toEqual([0, 0]);
    expect(prepareShares([])).toEqual([]);
  });

  it('sums to 100 % whenever anything was spent', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e9), { minLength: 1 }), (amounts) => {
        const sum = prepareShares(amounts).reduce((total, share) => total + share, 0);
        expect(sum).toBeCloseTo(amounts.some((amount) => amount > 0) ? 100 : 0, 6);
      }),
    );
  });
});

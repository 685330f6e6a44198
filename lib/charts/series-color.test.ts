import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seriesColor, seriesColors } from './series-color.ts';

const none = { agents: [], models: [], providers: [] };
const uniqueNames = (bounds: { minLength?: number; maxLength?: number }) =>
  fc.uniqueArray(fc.string({ maxLength: 12 }), bounds);

describe('the colour of a name', () => {
  it('is its own among as many names as there are colours', () => {
    fc.assert(
      fc.property(uniqueNames({ maxLength: seriesColors }), (models) => {
        const colorOf = seriesColor({ ...none, models });
        expect(new Set(models.map((name) => colorOf({ by: 'model', name }))).size).toBe(models.length);
      }),
    );
  });

  it('stays when further names come', () => {
    fc.assert(
      fc.property(uniqueNames({ maxLength: 40 }), fc.nat(40), (agents, count) => {
        const before = seriesColor({ ...none, agents: agents.slice(0, count) });
        const after = seriesColor({ ...none, agents });
        for (const name of agents.slice(0, count)) {
          expect(after({ by: 'agent', name })).toBe(before({ by: 'agent', name }));
        }
      }),
    );
  });

  it('is one that exists, also for a name that is in no list', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const color = seriesColor(none)({ by: 'model', name });
        expect(Number.isInteger(color)).toBe(true);
        expect(color).toBeGreaterThanOrEqual(1);
        expect(color).toBeLessThanOrEqual(seriesColors);
      }),
    );
  });

  it("is by FNV-1a where the name is in no list, by that function's published value for 'a'", () => {
    expect(seriesColor(none)({ by: 'model', name: 'a' })).toBe((0xe40c292c % seriesColors) + 1);
  });

  it('of a source needs no list', () => {
    const colorOf = seriesColor(none);
    expect(
      ['direct', 'heartbeat', 'cron', 'subagent', 'batch'].map((name) => colorOf({ by: 'source', name })),
    ).toEqual([1, 2, 3, 4, 5]);
  });
});

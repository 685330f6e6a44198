import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changedSessionsMax,
  changeTopics,
  everyChange,
  mergeChanges,
  narrowChange,
  type ProjectChange,
} from './project-change.ts';

const someChange: fc.Arbitrary<ProjectChange> = fc.record({
  topics: fc.subarray([...changeTopics]),
  sessions: fc.oneof(
    fc.constant('many' as const),
    fc.uniqueArray(fc.integer({ min: 0, max: 60 }).map(String), { maxLength: changedSessionsMax }),
  ),
});

describe('mergeChanges', () => {
  it('loses nothing and stays bounded, in whatever order changes come', () => {
    fc.assert(
      fc.property(fc.array(someChange, { minLength: 1, maxLength: 6 }), (changes) => {
        const merged = changes.reduce<ProjectChange | undefined>(mergeChanges, undefined);
        for (const change of changes) {
          expect(merged?.topics).toEqual(expect.arrayContaining([...change.topics]));
          if (change.sessions === 'many') expect(merged?.sessions).toBe('many');
          else if (merged?.sessions !== 'many') {
            expect(merged?.sessions).toEqual(expect.arrayContaining([...change.sessions]));
          }
        }
        if (merged?.sessions !== 'many')
          expect(merged?.sessions.length).toBeLessThanOrEqual(changedSessionsMax);
      }),
    );
  });
});

describe('narrowChange', () => {
  it('tells of followed sessions only', () => {
    const change = { topics: ['messages'], sessions: ['a', 'b'] } as const;
    expect(narrowChange(change, new Set(['b', 'c']))).toEqual({ topics: ['messages'], sessions: ['b'] });
  });

  it('takes every followed session for changed when too many changed to name them', () => {
    expect(narrowChange(everyChange, new Set(['b']))?.sessions).toEqual(['b']);
  });

  it('is null when nothing of it concerns the follower', () => {
    expect(narrowChange({ topics: [], sessions: ['a'] }, new Set())).toBeNull();
  });

  it('tells of drafts only those who follow their session', () => {
    const change = { topics: ['usage', 'drafts'], sessions: ['a'] } as const;
    expect(narrowChange(change, new Set(['a']))).toEqual(change);
    expect(narrowChange(change, new Set(['b']))).toEqual({ topics: ['usage'], sessions: [] });
    expect(narrowChange({ ...change, topics: ['drafts'] }, new Set(['b']))).toBeNull();
  });
});

import { describe, expect, expectTypeOf, it } from 'vitest';
import * as shape from './shape.ts';

const row = shape.object({ name: shape.string, costUsd: shape.nullable(shape.string) });
const answer = shape.object({
  kind: shape.oneOf(['a', 'b']),
  rows: shape.array(shape.extend(row, { calls: shape.number, note: shape.optional(shape.string) })),
  gauges: shape.record(shape.number),
});
const good = { kind: 'a', rows: [{ name: 'x', costUsd: null, calls: 2 }], gauges: { heap: 1 } };

describe('a shape', () => {
  it('gives back what it names and drops the rest', () => {
    const input = { ...good, extra: 1, rows: [{ ...good.rows[0], secret: true }] };
    expect(answer(input)).toEqual(good);
  });

  it('has the type of its value', () => {
    expectTypeOf<shape.ValueOf<typeof answer>>().toEqualTypeOf<{
      kind: 'a' | 'b';
      rows: { name: string; costUsd: string | null; calls: number; note?: string | undefined }[];
      gauges: Record<string, number>;
    }>();
  });

  it.each([
    [
      'a text for a number',
      { ...good, rows: [{ ...good.rows[0], calls: '2' }] },
      'rows.0.calls is not a number.',
    ],
    ['a missing member', { ...good, rows: [{ name: 'x', calls: 2 }] }, 'rows.0.costUsd is not a text.'],
    ['a word that is none of them', { ...good, kind: 'c' }, 'kind is not one of a, b.'],
    [
      'a number without end',
      { ...good, gauges: { heap: Number.POSITIVE_INFINITY } },
      'gauges.heap is not a number.',
    ],
    ['null for an object', null, 'The answer is not an object.'],
    ['a list for an object', [], 'The answer is not an object.'],
    ['an object for a list', { ...good, rows: {} }, 'rows is not a list.'],
    ['a wrong value under any name', { ...good, gauges: { heap: null } }, 'gauges.heap is not a number.'],
    [
      'null for what may be missing',
      { ...good, rows: [{ ...good.rows[0], note: null }] },
      'rows.0.note is not a text.',
    ],
  ])('refuses %s and says where', (_case, input, message) => {
    expect(() => answer(input)).toThrow(message);
  });

  it('does not take a member that the object only inherits', () => {
    expect(() => shape.object({ toString: shape.optional(shape.string) })({})).not.toThrow();
    expect(() => shape.object({ constructor: shape.string })({})).toThrow('constructor is not a text.');
  });

  it('keeps a name that would change a prototype as a plain member', () => {
    const read = shape.record(shape.number)(JSON.parse('{"__proto__":1}'));
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.keys(read)).toEqual(['__proto__']);
  });

  it('takes the first of two that fits, and the second one says what is wrong', () => {
    const content = shape.either(shape.string, shape.array(shape.openObject({ type: shape.string })));
    expect(content('a')).toBe('a');
    expect(content([{ type: 't', more: 1 }])).toEqual([{ type: 't', more: 1 }]);
    expect(() => content([{}])).toThrow('0.type is not a text.');
  });

  it('takes nothing for nothing only', () => {
    expect(shape.nothing(undefined)).toBeUndefined();
    expect(() => shape.nothing(null)).toThrow(shape.ShapeError);
  });
});

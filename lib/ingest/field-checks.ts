import { parseInstant } from '#lib/time/parse-instant.ts';
import { attributeLimits, durationMsMax, isPlainObject, tokensMax } from './event-fields.ts';
import { isName } from './event-text.ts';
import { findFreeJsonFault } from './free-json.ts';

/** What the schemas of `event-fields.ts` say, by hand: a fifth of the time, and no object made. */
export type Check = (value: unknown) => boolean;

export const isNameValue: Check = (value) => typeof value === 'string' && isName(value);

export const isCount: Check = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= tokensMax;

export const isMilliseconds: Check = (value) =>
  typeof value === 'number' && value >= 0 && value <= durationMsMax;

export const isInstant: Check = (value) =>
  typeof value === 'string' && parseInstant(value, { earliestMs: Number.NEGATIVE_INFINITY }) !== null;

export const isAttributes: Check = (value) =>
  isPlainObject(value) && findFreeJsonFault(value, attributeLimits) === null;

export function isOneOf(words: readonly string[]): Check {
  return (value) => typeof value === 'string' && words.includes(value);
}

export type FieldChecks = {
  readonly required: Readonly<Record<string, Check>>;
  /** These may also be null or undefined. */
  readonly optional: Readonly<Record<string, Check>>;
};

/** Whether an object has all required members, and no other than these and the optional ones. */
export function objectCheck({ required, optional }: FieldChecks): Check {
  const needed = new Map(Object.entries(required));
  const allowed = new Map(Object.entries(optional));
  return (value) => {
    if (!isPlainObject(value)) return false;
    let found = 0;
    for (const key in value) {
      const member = value[key];
      const check = needed.get(key);
      if (check !== undefined) {
        if (!check(member)) return false;
        found++;
      } else {
        const may = allowed.get(key);
        if (may === undefined || !(member === null || member === undefined || may(member))) return false;
      }
    }
    return found === needed.size;
  };
}

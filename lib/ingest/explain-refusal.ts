import type { z } from 'zod';
import { isPlainObject } from './event-fields.ts';
import { type EventType, eventInputs } from './ingest-event.ts';
import { type ItemError, type ItemErrorCode, itemErrorCodes, showText, showValue } from './item-error.ts';
import { suggestField } from './suggest-field.ts';

type Issue = z.core.$ZodIssue;

/** Says why an item is not valid, field first. The value is one that the schema of its type refused. */
export function explainRefusal(input: {
  readonly index: number;
  readonly type: EventType;
  readonly value: unknown;
  readonly issues: readonly Issue[];
}): ItemError {
  // A misspelt field is also a missing one; what was meant is the better answer.
  const issue = input.issues.find(({ code }) => code === 'unrecognized_keys') ?? input.issues[0];
  if (issue === undefined)
    return { code: 'bad_value', field: null, message: `Item ${input.index} is refused.` };
  const { code, field, expected } = describeIssue(issue, input);
  const came = showValue(valueAt(input.value, field === null ? [] : field.split('.')));
  const where = `Item ${input.index} (${input.type})`;
  if (code === 'missing_field') {
    return { code, field, message: `${where}: \`${field}\` is missing; expected ${expected}.` };
  }
  if (code === 'unknown_field') return { code, field, message: `${where}: ${expected}.` };
  return { code, field, message: `${where}: \`${field ?? 'item'}\` must be ${expected}, but is ${came}.` };
}

type Description = { readonly code: ItemErrorCode; readonly field: string | null; readonly expected: string };

function describeIssue(
  issue: Issue,
  input: { readonly type: EventType; readonly value: unknown },
): Description {
  const field = issue.path.length === 0 ? null : issue.path.map(String).join('.');
  const isMissing = valueAt(input.value, issue.path.map(String)) === undefined;
  switch (issue.code) {
    case 'invalid_type': {
      const expected = nounOf(issue.expected);
      return { code: isMissing ? 'missing_field' : 'wrong_type', field, expected };
    }
    case 'unrecognized_keys':
      return describeUnknown(issue.keys, field, input.type);
    case 'invalid_value': {
      const expected = `one of ${issue.values.map(String).join(', ')}`;
      return { code: isMissing ? 'missing_field' : 'bad_value', field, expected };
    }
    case 'too_small':
      return { code: 'out_of_range', field, expected: `at least ${issue.minimum}` };
    case 'too_big': {
      const isList = issue.origin === 'array';
      const expected = isList ? `a list of at most ${issue.maximum} parts` : `at most ${issue.maximum}`;
      return { code: isList ? 'too_long' : 'out_of_range', field, expected };
    }
    case 'invalid_union':
      return describeUnion(issue, field, isMissing);
    case 'custom':
      return { code: isMissing ? 'missing_field' : codeOf(issue), field, expected: issue.message };
    default:
      return { code: 'bad_value', field, expected: issue.message };
  }
}

function describeUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  field: string | null,
  isMissing: boolean,
): Description {
  const options = issue.errors.flatMap(([first]) => (first ? [first] : []));
  // An alternative that got further than the type of the value itself explains best.
  const deep = options.find((option) => option.path.length > 0 || option.code !== 'invalid_type');
  if (deep !== undefined) {
    const path = [...(field === null ? [] : [field]), ...deep.path.map(String)].join('.');
    const inner = describeIssue({ ...deep, path: [] }, { type: 'usage', value: null });
    return { ...inner, code: inner.code === 'missing_field' ? 'wrong_type' : inner.code, field: path };
  }
  const nouns = options.map((option) => (option.code === 'invalid_type' ? nounOf(option.expected) : 'valid'));
  return { code: isMissing ? 'missing_field' : 'wrong_type', field, expected: nouns.join(' or ') };
}

function describeUnknown(keys: readonly string[], parent: string | null, type: EventType): Description {
  const known = parent === null ? Object.keys(eventInputs[type].shape) : ['5m', '1h'];
  const guesses = keys.map((key) => ({ key, meant: suggestField(key, known) }));
  const { key, meant } = guesses.find((guess) => guess.meant !== null) ?? { key: keys[0] ?? '', meant: null };
  // The key is the client's: it may be a megabyte long.
  const field = showText(parent === null ? key : `${parent}.${key}`);
  const hint = meant === null ? '' : `; did you mean \`${meant}\`?`;
  return { code: 'unknown_field', field, expected: `there is no field \`${field}\`${hint}` };
}

function codeOf(issue: Extract<Issue, { code: 'custom' }>): ItemErrorCode {
  const wanted: unknown = issue.params?.['code'];
  return itemErrorCodes.find((code) => code === wanted) ?? 'wrong_type';
}

function nounOf(expected: string): string {
  const nouns: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    int: 'an integer',
    boolean: 'true or false',
    object: 'an object',
    array: 'a list',
  };
  return nouns[expected] ?? expected;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let current: unknown = value;
  for (const key of path) {
    if (Array.isArray(current)) current = current[Number(key)];
    else if (isPlainObject(current) && Object.hasOwn(current, key)) current = current[key];
    else return undefined;
  }
  return current;
}

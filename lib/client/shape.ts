/**
 * What an answer of our own API must look like: a function that gives the value back or throws. The server
 * checks what comes in with zod; here 25 kB of script for "a text, a number, a list of these" would be a tenth
 * of what a page may weigh.
 */
export type Shape<Value> = (input: unknown) => Value;

export type ValueOf<Of> = Of extends Shape<infer Value> ? Value : never;

type Members = Readonly<Record<string, Shape<unknown>>>;
type Simplify<Value> = { [Name in keyof Value]: Value[Name] };
type OptionalNames<Of extends Members> = {
  [Name in keyof Of]: undefined extends ValueOf<Of[Name]> ? Name : never;
}[keyof Of];
type ObjectOf<Of extends Members> = Simplify<
  { -readonly [Name in Exclude<keyof Of, OptionalNames<Of>>]: ValueOf<Of[Name]> } & {
    -readonly [Name in OptionalNames<Of>]?: ValueOf<Of[Name]>;
  }
>;
/** An object's members stay readable, so that another can extend it. */
type ObjectShape<Of extends Members> = Shape<ObjectOf<Of>> & { readonly members: Of };

/** Where an answer departs from its shape: "rows.3.costUsd is not a text." */
export class ShapeError extends Error {
  readonly expected: string;
  readonly path: readonly (string | number)[];

  constructor(expected: string, path: readonly (string | number)[] = []) {
    super(`${path.length === 0 ? 'The answer' : path.join('.')} is not ${expected}.`);
    this.name = 'ShapeError';
    this.expected = expected;
    this.path = path;
  }
}

export const string: Shape<string> = (input) => {
  if (typeof input === 'string') return input;
  throw new ShapeError('a text');
};

export const number: Shape<number> = (input) => {
  // JSON has no infinity, but `1e999` is read as one.
  if (typeof input === 'number' && Number.isFinite(input)) return input;
  throw new ShapeError('a number');
};

export const boolean: Shape<boolean> = (input) => {
  if (typeof input === 'boolean') return input;
  throw new ShapeError('true or false');
};

/** No value: the answer of a 204. */
export const nothing: Shape<undefined> = (input) => {
  if (input === undefined) return input;
  throw new ShapeError('empty');
};

export function oneOf<const Value extends string>(values: readonly Value[]): Shape<Value> {
  return (input) => {
    const value = values.find((one) => one === input);
    if (value !== undefined) return value;
    throw new ShapeError(`one of ${values.join(', ')}`);
  };
}

export function nullable<Value>(shape: Shape<Value>): Shape<Value | null> {
  return (input) => (input === null ? null : shape(input));
}

/** A member that may be missing. */
export function optional<Value>(shape: Shape<Value>): Shape<Value | undefined> {
  return (input) => (input === undefined ? undefined : shape(input));
}

/** The first of two that fits. */
export function either<One, Other>(one: Shape<One>, other: Shape<Other>): Shape<One | Other> {
  return (input) => {
    try {
      return one(input);
    } catch (error) {
      if (error instanceof ShapeError) return other(input);
      throw error;
    }
  };
}

export function array<Value>(shape: Shape<Value>): Shape<Value[]> {
  return (input) => {
    if (!Array.isArray(input)) throw new ShapeError('a list');
    return input.map((item: unknown, index) => readPart(shape, item, index));
  };
}

/** Any names, all values of one shape. */
export function record<Value>(shape: Shape<Value>): Shape<Record<string, Value>> {
  return (input) =>
    Object.fromEntries(
      Object.entries(expectObject(input)).map(([name, value]) => [name, readPart(shape, value, name)]),
    );
}

/** Members that it does not name are dropped. */
export function object<const Of extends Members>(members: Of): ObjectShape<Of> {
  const entries = Object.entries(members);
  const read = (input: unknown) => {
    const from = expectObject(input);
    const value: Record<string, unknown> = {};
    for (const [name, shape] of entries) {
      const part = readPart(shape, Object.hasOwn(from, name) ? Reflect.get(from, name) : undefined, name);
      if (part !== undefined) value[name] = part;
    }
    // Each member was just read by the shape that its type is taken from.
    return value as ObjectOf<Of>;
  };
  return Object.assign(read, { members });
}

/** An object with more members. */
export function extend<const Of extends Members, const More extends Members>(
  base: ObjectShape<Of>,
  more: More,
): ObjectShape<Of & More> {
  return object({ ...base.members, ...more });
}

/** Members that it does not name are kept as they are. */
export function openObject<const Of extends Members>(
  members: Of,
): Shape<ObjectOf<Of> & { [name: string]: unknown }> {
  const known = object(members);
  return (input) => ({ ...expectObject(input), ...known(input) });
}

function expectObject(input: unknown): object {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  throw new ShapeError('an object');
}

function readPart<Value>(shape: Shape<Value>, input: unknown, step: string | number): Value {
  try {
    return shape(input);
  } catch (error) {
    throw error instanceof ShapeError ? new ShapeError(error.expected, [step, ...error.path]) : error;
  }
}

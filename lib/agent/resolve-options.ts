/** What a numeric option may be. Together these tables are the toolkit's list of defaults and bounds. */
export type OptionBound = {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
};

export type OptionTable = Readonly<Record<string, OptionBound>>;

/** The options of a table as callers give them: each may be left out. */
export type NumericOptions<T extends OptionTable> = { readonly [K in keyof T]?: number | undefined };

export type ResolvedOptions<T extends OptionTable> = { readonly [K in keyof T]: number };

/**
 * Fills in defaults and holds the bounds, before anything runs.
 * @throws RangeError `plimsoll <part>: <option> must be a whole number of <unit> from <min> to <max>, got <value>`
 */
export function resolveOptions<const T extends OptionTable>(
  part: string,
  table: T,
  given: NumericOptions<T>,
): ResolvedOptions<T> {
  const resolved: Record<string, number> = {};
  for (const [name, bound] of Object.entries(table)) {
    const value = given[name] ?? bound.default;
    if (!Number.isInteger(value) || value < bound.min || value > bound.max) {
      throw new RangeError(
        `plimsoll ${part}: ${name} must be a whole number of ${bound.unit} from ${bound.min} to ${bound.max}, got ${String(value)}`,
      );
    }
    resolved[name] = value;
  }
  // Each key of the table was just set.
  return resolved as ResolvedOptions<T>;
}

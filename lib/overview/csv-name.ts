type CsvName = {
  /** RFC 3339; the end is excluded. */
  readonly range: { readonly from: string; readonly to: string; readonly timeZone: string };
  readonly by: string;
};

/** A file's name that says what is in it and of which days, in the range's own zone. */
export function csvName({ range, by }: CsvName): string {
  // Sweden writes days as ISO 8601 does.
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: range.timeZone });
  const first = day.format(Date.parse(range.from));
  const last = day.format(Date.parse(range.to) - 1);
  return `plimsoll-spend-by-${by}-${first === last ? first : `${first}-to-${last}`}.csv`;
}

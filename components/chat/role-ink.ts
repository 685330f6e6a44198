const inks: Readonly<Record<string, string>> = {
  user: 'text-series-1',
  assistant: 'text-series-4',
  tool: 'text-series-7',
  system: 'text-series-5',
};

/** The colour of who says something, the same in every row. */
export function roleInk(role: string): string {
  return inks[role] ?? 'text-ink';
}

/** A gateway's configuration schema as tools answer it: about 396 KB, 28 sections, long descriptions. */
export function gatewaySchema(bytes = 396_000): string {
  const sections = [
    'agents',
    'channels',
    'models',
    'gateway',
    'logging',
    'hooks',
    'cron',
    'tools',
    'session',
    'auth',
  ];
  const properties: Record<string, unknown> = {};
  const answer = {
    ok: true,
    result: { schema: { type: 'object', properties }, uiHints: {}, version: '2026.2.1' },
  };
  for (let index = 0; index < 28; index++) {
    const name = sections[index] ?? `section${index}`;
    properties[name] = { type: 'object', description: `Settings of ${name}.`, properties: fields(30) };
  }
  const missing = Math.max(0, bytes - JSON.stringify(answer).length - 20);
  return JSON.stringify({ ...answer, padding: 'd'.repeat(missing) });
}

function fields(count: number): Record<string, unknown> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `field${index}`,
      {
        type: ['string', 'integer', 'boolean'][index % 3],
        description: 'What this field does, told at length, as generated schemas do. '.repeat(5),
      },
    ]),
  );
}

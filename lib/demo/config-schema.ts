/** 396 KiB, the size in the report that this session is made after. */
export const configSchemaBytes = 396 * 1_024;

/** What the demo's gateway tool returns at every call: its whole configuration schema, each time the same text. */
export const configSchema = makeSchema();

function makeSchema(): string {
  const parts: string[] = [];
  let length = 0;
  for (let number = 0; length < configSchemaBytes; number += 1) {
    const part = JSON.stringify({
      path: `gateway.channels.channel${number}.delivery`,
      type: 'object',
      required: ['enabled', 'retries'],
      properties: {
        enabled: { type: 'boolean', default: number % 2 === 0, description: 'Whether messages go out here' },
        retries: {
          type: 'integer',
          minimum: 0,
          maximum: 10,
          description: 'Tries before a message is given up',
        },
        quietHours: {
          type: 'string',
          description: 'Hours in which nothing is sent, in the zone of the user',
        },
      },
    });
    parts.push(part);
    length += part.length + 1;
  }
  return parts.join('\n').slice(0, configSchemaBytes);
}

import { isObject, type JsonObject, textOf } from './chat-message.ts';

/** From rich to poor; the first that fits is taken. */
const levels = [
  { depthMax: 3, keysMax: 40 },
  { depthMax: 2, keysMax: 60 },
  { depthMax: 1, keysMax: 80 },
  { depthMax: 1, keysMax: 24 },
  { depthMax: 1, keysMax: 8 },
] as const;

/** The JSON Schema in a value: itself, or up to three levels down, as gateways answer it. */
export function findSchema(value: unknown, depth = 0): JsonObject | null {
  if (!isObject(value)) return null;
  if (isObject(value['properties']) || isObject(value['$defs']) || isObject(value['definitions']))
    return value;
  if (depth >= 3) return null;
  for (const child of Object.values(value)) {
    const found = findSchema(child, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** The keys and types of a schema as plain JSON of at most `bytesMax` bytes, as deep as that allows. */
export function outlineSchema(schema: JsonObject, bytesMax: number): unknown {
  let outline: unknown = null;
  for (const level of levels) {
    const budget = { nodes: bytesMax / 6 };
    outline = outlineNode(schema, level, 0, budget);
    if (budget.nodes > 0 && Buffer.byteLength(JSON.stringify(outline)) <= bytesMax) return outline;
  }
  return outline;
}

function outlineNode(
  node: JsonObject,
  level: (typeof levels)[number],
  depth: number,
  budget: { nodes: number },
): unknown {
  budget.nodes--;
  if (budget.nodes <= 0) return null;
  const properties = propertiesOf(node);
  if (properties === null || depth >= level.depthMax) return nameType(node);
  const keys = Object.keys(properties);
  const named = keys.slice(0, level.keysMax).map((key) => {
    const child = properties[key];
    return [
      key.slice(0, 64),
      isObject(child) ? outlineNode(child, level, depth + 1, budget) : 'any',
    ] as const;
  });
  const left = keys.length - named.length;
  return Object.fromEntries(left === 0 ? named : [...named, ['…', `${left} more keys`] as const]);
}

function propertiesOf(node: JsonObject): JsonObject | null {
  const properties = node['properties'] ?? node['$defs'] ?? node['definitions'];
  return isObject(properties) ? properties : null;
}

function nameType(node: JsonObject): string {
  const type = node['type'];
  if (Array.isArray(node['enum'])) return `enum of ${node['enum'].length}`;
  if (type === 'array') {
    const items = node['items'];
    return isObject(items) ? `${nameType(items)}[]` : 'array';
  }
  if (isObject(node['properties'])) return `object of ${Object.keys(node['properties']).length}`;
  if (Array.isArray(type)) return type.map(String).slice(0, 4).join('|');
  if (typeof type === 'string') return type;
  const choices = node['anyOf'] ?? node['oneOf'];
  if (Array.isArray(choices)) {
    return [...new Set(choices.map((choice) => (isObject(choice) ? nameType(choice) : 'any')))]
      .slice(0, 4)
      .join('|');
  }
  return textOf(node['$ref']).split('/').pop() || 'any';
}

import { isObject, type JsonObject } from './chat-message.ts';
import { cutMiddle } from './cut-middle.ts';

type OutlineLevel = {
  readonly depthMax: number;
  readonly itemsMax: number;
  readonly keysMax: number;
  readonly charsMax: number;
};

/** From rich to poor; the first that fits is taken. */
const levels: readonly OutlineLevel[] = [
  { depthMax: 6, itemsMax: 3, keysMax: 60, charsMax: 400 },
  { depthMax: 5, itemsMax: 2, keysMax: 40, charsMax: 160 },
  { depthMax: 4, itemsMax: 1, keysMax: 30, charsMax: 100 },
  { depthMax: 3, itemsMax: 1, keysMax: 24, charsMax: 60 },
  { depthMax: 2, itemsMax: 1, keysMax: 16, charsMax: 50 },
  { depthMax: 1, itemsMax: 0, keysMax: 10, charsMax: 44 },
];

/**
 * A smaller JSON value with the same shape: the first items of long arrays and how many there were, the first
 * keys of wide objects and the names of some others, long strings without their middle. At most `bytesMax`
 * bytes of JSON, unless its barest form is longer.
 */
export function outlineJson(value: unknown, bytesMax: number): unknown {
  let outline: unknown = null;
  for (const level of levels) {
    const budget = { nodes: bytesMax };
    outline = outlineValue(value, level, 0, budget);
    if (budget.nodes > 0 && Buffer.byteLength(JSON.stringify(outline)) <= bytesMax) return outline;
  }
  return outline;
}

function outlineValue(
  value: unknown,
  level: OutlineLevel,
  depth: number,
  budget: { nodes: number },
): unknown {
  budget.nodes--;
  if (budget.nodes <= 0) return null;
  if (typeof value === 'string') return cutMiddle(value, level.charsMax);
  if (Array.isArray(value)) return outlineArray(value, level, depth, budget);
  if (isObject(value)) return outlineObject(value, level, depth, budget);
  return value;
}

function outlineArray(
  items: readonly unknown[],
  level: OutlineLevel,
  depth: number,
  budget: { nodes: number },
): unknown {
  if (depth >= level.depthMax) return items.length === 0 ? [] : `array of ${items.length}`;
  const kept = items.length <= level.itemsMax + 1 ? items : items.slice(0, level.itemsMax);
  const outlined = kept.map((item) => outlineValue(item, level, depth + 1, budget));
  const left = items.length - kept.length;
  return left === 0 ? outlined : [...outlined, `… ${left} more items: ${describeShape(items[kept.length])}`];
}

function outlineObject(
  value: JsonObject,
  level: OutlineLevel,
  depth: number,
  budget: { nodes: number },
): unknown {
  const keys = Object.keys(value);
  if (depth >= level.depthMax) return describeShape(value);
  const entries = keys
    .slice(0, level.keysMax)
    .map((key) => [cutMiddle(key, 80), outlineValue(value[key], level, depth + 1, budget)] as const);
  const left = keys.slice(level.keysMax);
  const more = left.length === 0 ? [] : [['…', `${left.length} more keys: ${listNames(left)}`] as const];
  return Object.fromEntries([...entries, ...more]);
}

/** One line: what kind of value, and of an object its keys. */
export function describeShape(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `array of ${value.length}`;
  if (!isObject(value)) return typeof value;
  const keys = Object.keys(value);
  return keys.length === 0 ? 'empty object' : `object with ${listNames(keys)}`;
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 6).map((name) => cutMiddle(name, 44));
  return names.length > 6 ? `${shown.join(', ')} and ${names.length - 6} others` : shown.join(', ');
}

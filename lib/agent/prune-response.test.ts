import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pruneResponse } from './prune-response.ts';
import { gatewaySchema } from './testing/gateway-schema.ts';

const bytes = (text: string) => Buffer.byteLength(text);
const wide = (value: unknown) => JSON.stringify({ items: Array.from({ length: 3_000 }, () => value) });

describe('pruneResponse', () => {
  test('a 396 KB config.schema becomes less than 1 KB of JSON that still names keys and types', () => {
    const schema = gatewaySchema();
    expect(bytes(schema)).toBeGreaterThan(390_000);
    const { content, report } = pruneResponse(schema, { toolName: 'gateway', action: 'config.schema' });
    expect(bytes(content)).toBeLessThan(1_000);
    expect(JSON.parse(content).shape).toMatchObject({ agents: 'object of 30', cron: 'object of 30' });
    expect(report).toMatchObject({ rule: 'schema', changed: true, bytesBefore: bytes(schema) });
    expect(report.bytesAfter).toBe(bytes(content));
    expect(report.tokensAfter).toBeLessThan(report.tokensBefore / 100);
  });

  test('what is small enough stays as it is, to the byte of the limit', () => {
    const fits = 'a'.repeat(10_240);
    expect(pruneResponse(fits).content).toBe(fits);
    expect(pruneResponse(fits).report).toMatchObject({ rule: 'unchanged', changed: false, handle: null });
    expect(pruneResponse(`${fits}b`).report.changed).toBe(true);
  });

  test('a long array keeps its first items, its length and the shape of the rest', () => {
    const { content } = pruneResponse(wide({ id: 1, name: 'x', text: 'y'.repeat(50) }));
    const { shape } = JSON.parse(content);
    expect(shape.items[0]).toMatchObject({ id: 1, name: 'x' });
    expect(shape.items.at(-1)).toMatch(/^… 29\d\d more items: object with id, name, text$/);
  });

  test('the whole text is handed over under the handle that the result names', () => {
    const kept = new Map<string, string>();
    const text = wide('z');
    const { content, report } = pruneResponse(text, { keep: (handle, whole) => kept.set(handle, whole) });
    expect(kept.get(report.handle ?? '')).toBe(text);
    expect(content).toContain(report.handle);
  });

  test('a repeated result becomes one line that names the first; another result does not', () => {
    const seen = new Map<string, string>();
    const text = `{"rows":"${'r'.repeat(500)}"}`;
    expect(pruneResponse(text, { seen, toolName: 'query' }).report.rule).toBe('unchanged');
    const again = pruneResponse(text, { seen, toolName: 'query' });
    expect(again.report.rule).toBe('repeat');
    expect(JSON.parse(again.content).pruned).toMatch(/^Same result as before from query: 511 bytes/);
    expect(pruneResponse(`${text} `, { seen }).report.rule).toBe('unchanged');
  });

  test('an error in the middle of a long log stays', () => {
    const log = `${'started\n'.repeat(4_000)}Error: disk full at /data\n${'went on\n'.repeat(4_000)}`;
    const { content } = pruneResponse(log);
    expect(content).toContain('Error: disk full at /data');
    expect(bytes(content)).toBeLessThan(3_000);
  });

  test('an error stays in the middle of one endless line, cut-off JSON for one', () => {
    const cut = `${wide({ a: 1 }).slice(0, 20_000)},"error":{"message":"E-4711 the disk is full"},${wide(2).slice(0, 20_000)}`;
    expect(pruneResponse(cut).content).toContain('E-4711 the disk is full');
  });

  test('an error stays in the middle of a long text within JSON', () => {
    const log = `${'started\n'.repeat(4_000)}Error: disk full at /data\n${'went on\n'.repeat(4_000)}`;
    const { content } = pruneResponse(JSON.stringify({ exit: 0, stdout: log }));
    expect(JSON.parse(content).errors).toContain('Error: disk full at /data');
  });

  test('a failed MCP result says what failed, wherever in its text', () => {
    const text = `${'step done. '.repeat(2_000)}E-4711 no space left${' step done.'.repeat(2_000)}`;
    const mcp = {
      isError: true,
      content: [
        { type: 'text', text: 'E-1 the tool gave up' },
        { type: 'text', text },
      ],
    };
    expect(JSON.parse(pruneResponse(JSON.stringify(mcp)).content).errors[0]).toContain(
      'E-1 the tool gave up',
    );
  });

  test('an error that is too long for its room is cut, not dropped, and smaller ones after it stay', () => {
    const errors = ['\u0001'.repeat(900), 'second', 'third'].map((message) => ({ error: message }));
    const { content } = pruneResponse(JSON.stringify({ errors, filler: 'f '.repeat(6_000) }), {
      errorBytesMax: 3_000,
    });
    expect(content).toContain('\\u0001');
    expect(content).toContain('error: third');
  });

  test.each([
    ['a log', `${'line\n'.repeat(9_000)}Error: one\n${'line\n'.repeat(9_000)}`],
    ['rows', wide({ id: 1, error: 'E-1', text: 'y'.repeat(90) })],
    ['a schema', gatewaySchema()],
  ])('%s that is shortened once is not shortened again, whatever the limits', (_, text) => {
    for (const bytesMax of [256, 1_024, 10_240]) {
      const once = pruneResponse(text, { bytesMax });
      const again = pruneResponse(once.content, { bytesMax });
      expect(again.content).toBe(once.content);
      expect(once.report.handle).toBe(pruneResponse(text).report.handle);
    }
  });

  test('a text that only looks shortened is shortened all the same', () => {
    const { report } = pruneResponse(
      `[Shortened. Whole result: 5 bytes, plimsoll:0123456789abcdef.]\n${'x\n'.repeat(9_000)}`,
    );
    expect(report.changed).toBe(true);
  });

  test('what cannot be parsed is shortened as text', () => {
    const cut = wide({ a: 1 }).slice(0, 20_000);
    expect(pruneResponse(cut).report.rule).toBe('text');
  });

  test('tool lists become their names', () => {
    const tools = Array.from({ length: 30 }, (_, index) => ({
      name: `tool${index}`,
      inputSchema: { type: 'object', properties: { text: { type: 'string', description: 'd'.repeat(400) } } },
    }));
    const { content, report } = pruneResponse(JSON.stringify({ tools }));
    expect(report.rule).toBe('tools');
    expect(content).toContain('tool0');
  });

  test('a rule of the host comes first', () => {
    const rules = [{ name: 'rows', apply: (value: unknown) => ({ has: Object.keys(value as object) }) }];
    const { content, report } = pruneResponse(wide(1), { rules, bytesMax: 1_000 });
    expect(report.rule).toBe('rows');
    expect(JSON.parse(content).shape).toEqual({ has: ['items'] });
  });

  test.each([
    ['bytesMax', 10, 'from 256'],
    ['bytesTarget', Number.NaN, 'from 200'],
  ])('%s = %s is refused before anything runs', (name, value, told) => {
    expect(() => pruneResponse('x', { [name]: value })).toThrow(RangeError);
    expect(() => pruneResponse('x', { [name]: value })).toThrow(told);
  });

  test('property: JSON stays JSON, never grows, and an error message at any depth stays', () => {
    const leaf = fc.oneof(fc.string({ maxLength: 300 }), fc.integer(), fc.boolean(), fc.constant(null));
    const json = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('node')),
        fc.dictionary(fc.string({ maxLength: 20 }), tie('node')),
      ),
    })).node;
    fc.assert(
      fc.property(json, json, fc.integer({ min: 0, max: 5 }), (before, after, depth) => {
        let failed: unknown = { error: { message: 'E-4711 the disk is full' }, before };
        for (let index = 0; index < depth; index++) failed = index % 2 ? [after, failed] : { inner: failed };
        const text = JSON.stringify({ before, failed, filler: 'f '.repeat(6_000), after });
        const { content } = pruneResponse(text);
        expect(bytes(content)).toBeLessThanOrEqual(bytes(text));
        expect(JSON.stringify(JSON.parse(content))).toContain('E-4711 the disk is full');
      }),
      { numRuns: 200 },
    );
  });
});

type AnyMethod = (...args: unknown[]) => unknown;

/**
 * The same object with one method, found by its path, replaced. Everything else reaches the original, which
 * is not changed; its methods keep it as their `this`, since SDKs hold private fields.
 * @throws TypeError when there is no such method.
 */
export function withMethod<T extends object>(
  target: T,
  path: readonly [string, ...string[]],
  make: (original: AnyMethod) => AnyMethod,
): T {
  const [name, ...rest] = path;
  const found: unknown = Reflect.get(target, name);
  const [next, ...later] = rest;
  let replaced: unknown;
  if (next === undefined) {
    if (typeof found !== 'function') throw new TypeError(`plimsoll: there is no method ${name} to wrap.`);
    replaced = make(found.bind(target));
  } else {
    if (typeof found !== 'object' || found === null)
      throw new TypeError(`plimsoll: there is no ${name} to wrap.`);
    replaced = withMethod(found, [next, ...later], make);
  }
  return new Proxy(target, {
    get(original, key) {
      if (key === name) return replaced;
      const value: unknown = Reflect.get(original, key);
      return typeof value === 'function' && key !== 'constructor' ? value.bind(original) : value;
    },
  });
}

/** True where the method is there to be wrapped. */
export function hasMethod(target: object, path: readonly string[]): boolean {
  let found: unknown = target;
  for (const name of path) {
    if (typeof found !== 'object' || found === null) return false;
    found = Reflect.get(found, name);
  }
  return typeof found === 'function';
}

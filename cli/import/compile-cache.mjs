import * as module from 'node:module';

/** Keeps compiled code between starts, where Node can (from 22.8 on). */
export function enableCompileCache() {
  const enable = Reflect.get(module, 'enableCompileCache');
  if (typeof enable === 'function') enable.call(module);
}

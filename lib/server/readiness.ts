import 'server-only';

const slot = Symbol.for('plimsoll.readiness');
type Holder = typeof globalThis & { [slot]?: boolean };

/** True once migrations are applied and the first project exists. Says nothing about the database now. */
export function isReady(): boolean {
  const holder: Holder = globalThis;
  return holder[slot] === true;
}

export function setReady(ready: boolean): void {
  const holder: Holder = globalThis;
  holder[slot] = ready;
}

import 'server-only';
import { AppError } from '#lib/errors.ts';

export type AdmissionOptions = {
  /** Sum of the weights (about bytes held in memory) that are inside at once. */
  readonly weightMax: number;
  /** Requests that may wait for their turn. */
  readonly waitingMax: number;
  /** How long one waits before it is told to come back. */
  readonly waitMsMax: number;
};

export type Admission = {
  /**
   * Waits for room, first come first served, and answers the function that gives it back.
   * @throws AppError `overloaded` when too many wait already or the wait was too long.
   */
  enter(weight: number): Promise<() => void>;
  /** The same where there is room at once, without a promise; else null. */
  tryEnter(weight: number): (() => void) | null;
};

type Waiter = { readonly weight: number; readonly admit: () => void };

/** Holds the memory of all requests together under a bound, whatever the clients do. */
export function admission(options: AdmissionOptions): Admission {
  const waiters: Waiter[] = [];
  let inside = 0;

  const fits = (weight: number) => inside === 0 || inside + weight <= options.weightMax;

  function leave(weight: number): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      inside -= weight;
      admitNext();
    };
  }

  function admitNext(): void {
    for (let next = waiters[0]; next !== undefined && fits(next.weight); next = waiters[0]) {
      waiters.shift();
      inside += next.weight;
      next.admit();
    }
  }

  function tryEnter(weight: number): (() => void) | null {
    if (waiters.length > 0 || !fits(weight)) return null;
    inside += weight;
    return leave(weight);
  }

  return {
    tryEnter,
    enter: (weight) => {
      const entered = tryEnter(weight);
      if (entered !== null) return Promise.resolve(entered);
      if (waiters.length >= options.waitingMax) return Promise.reject(overloaded());
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiters.splice(waiters.indexOf(waiter), 1);
          reject(overloaded());
          admitNext();
        }, options.waitMsMax);
        const waiter: Waiter = {
          weight,
          admit: () => {
            clearTimeout(timer);
            resolve(leave(weight));
          },
        };
        waiters.push(waiter);
      });
    },
  };
}

function overloaded(): AppError {
  return new AppError('overloaded', 'The server has as much as it can hold. Send this batch again.', {
    retryAfterSeconds: 2,
  });
}

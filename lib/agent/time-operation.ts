import { type AgentClock, systemClock } from './agent-clock.ts';
import type { OperationKind, OperationSink } from './agent-event.ts';
import { tellHost } from './tell-host.ts';

export type OperationSpeed = 'fast' | 'moderate' | 'slow';

export type TimedOperation = {
  readonly name: string;
  readonly durationMs: number;
  readonly speed: OperationSpeed;
  /** `slow` is told as a warning, `moderate` as information, `fast` for debugging. */
  readonly level: 'warn' | 'info' | 'debug';
  readonly failed: boolean;
};

const slowMs = 5_000;
const moderateMs = 1_000;
const levels = { slow: 'warn', moderate: 'info', fast: 'debug' } as const;

/** Over 5 s is slow, from 1 s on moderate, below fast. */
export function operationSpeed(durationMs: number): OperationSpeed {
  if (durationMs > slowMs) return 'slow';
  return durationMs >= moderateMs ? 'moderate' : 'fast';
}

/** Runs something, tells how long it took, and hands on what it gives or throws. */
export async function timeOperation<R>(
  name: string,
  run: () => Promise<R> | R,
  options: {
    readonly kind?: OperationKind | undefined;
    readonly session?: string | undefined;
    readonly log?: ((operation: TimedOperation) => void) | undefined;
    readonly onOperation?: OperationSink | undefined;
    readonly clock?: AgentClock | undefined;
  } = {},
): Promise<R> {
  const clock = options.clock ?? systemClock;
  const startedMs = clock.elapsed();
  const tell = (failed: boolean) => {
    const durationMs = clock.elapsed() - startedMs;
    const speed = operationSpeed(durationMs);
    tellHost(options.log, { name, durationMs, speed, level: levels[speed], failed });
    tellHost(options.onOperation, {
      name,
      kind: options.kind ?? 'other',
      durationMs,
      status: failed ? 'error' : 'ok',
      ...(options.session === undefined ? {} : { session: options.session }),
    });
  };
  try {
    const result = await run();
    tell(false);
    return result;
  } catch (error) {
    tell(true);
    throw error;
  }
}

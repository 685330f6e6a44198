import { pruneResponse } from '#lib/agent/index.ts';
import { gatewaySchema } from '#lib/agent/testing/gateway-schema.ts';
import { printTable } from '../print-table.ts';
import { quantile } from '../quantile.ts';
import { timeRuns } from './time-runs.ts';

/** A gateway's configuration schema of 396 KB, a query result, and a log. */
export async function measureResponse(): Promise<void> {
  const rows = Array.from({ length: 4_000 }, (_, id) => ({
    id,
    name: `row ${id}`,
    text: 'words of a row '.repeat(4),
  }));
  const cases = [
    ['config.schema of a gateway', gatewaySchema(), 'config.schema'],
    ['4,000 rows as JSON', JSON.stringify({ rows }), ''],
    [
      'a log with an error in it',
      `${'a line of a log\n'.repeat(12_000)}Error: it broke\n${'and on it went\n'.repeat(12_000)}`,
      '',
    ],
  ] as const;
  const table = [];
  for (const [name, content, action] of cases) {
    const times = await timeRuns(() => pruneResponse(content, { action }), { warm: 20, rounds: 100 });
    const { report } = pruneResponse(content, { action });
    table.push([
      name,
      report.bytesBefore,
      report.bytesAfter,
      report.tokensBefore,
      report.tokensAfter,
      quantile(times, 0.5).toFixed(2),
      quantile(times, 0.99).toFixed(2),
    ]);
  }
  process.stdout.write('Responses, 100 rounds after 20\n');
  printTable(['', 'bytes before', 'after', 'tokens before', 'after', 'p50 ms', 'p99 ms'], table);
}

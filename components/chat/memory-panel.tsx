'use client';

import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { LoadGauge } from '#components/ui/load-gauge.tsx';
import { useSearchSetting } from '#components/ui/use-search-setting.ts';
import type { ChatStore } from '#lib/client/chat-store.ts';
import { type MemorySample, sampleMemory } from '#lib/client/sample-memory.ts';
import { formatBytes } from '#lib/format/format-bytes.ts';
import { formatCount } from '#lib/format/format-count.ts';

const everyMs = 2_000;
const watchEveryMs = 15_000;
/** Past them the viewer lets go of what it can read again. */
const nodesLine = 20_000;
const heapLine = 400_000_000;

/** What the page holds in memory, and how that changed since it was opened. It trims itself past its own line. */
export function MemoryPanel({ store }: { readonly store: ChatStore }) {
  const [debug, setDebug] = useSearchSetting({ name: 'debug', parse: parseDebug, fallback: 'off' });
  const isOpen = debug === 'memory';
  const [samples, setSamples] = useState<readonly MemorySample[]>([]);
  const [trims, setTrims] = useState(0);
  useEffect(() => {
    const take = () => {
      if (document.visibilityState === 'hidden') return;
      const sample = sampleMemory(store.stats());
      const isPast = sample.nodes > nodesLine || (sample.heapBytes ?? 0) > heapLine;
      if (isPast && store.trim() > 0) setTrims((count) => count + 1);
      if (isOpen) setSamples((old) => [old[0] ?? sample, sample]);
    };
    take();
    const timer = setInterval(take, isOpen ? everyMs : watchEveryMs);
    return () => clearInterval(timer);
  }, [store, isOpen]);
  const [first, last] = samples;
  if (!isOpen || first === undefined || last === undefined) {
    return (
      <div>
        <Button size="small" tone="bare" onClick={() => setDebug('memory')}>
          Show memory
        </Button>
      </div>
    );
  }
  return (
    <section aria-label="Memory of this page" className="flex flex-col gap-3 border border-hairline p-3">
      <div className="grid gap-4 md:grid-cols-2">
        <LoadGauge label="DOM nodes" value={last.nodes} limit={nodesLine} format={formatCount} />
        {last.heapBytes === null ? (
          <p className="text-sm text-muted">This browser does not tell the size of its heap.</p>
        ) : (
          <LoadGauge label="JavaScript heap" value={last.heapBytes} limit={heapLine} format={formatBytes} />
        )}
        <LoadGauge label="Pages held" value={last.pages} limit={40} format={formatCount} />
        <LoadGauge label="Text held" value={last.characters} limit={8_000_000} format={formatBytes} />
      </div>
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm text-muted">
        {entriesOf(first, last).map(([name, value]) => (
          <div key={name} className="flex gap-1.5">
            <dt>{name}</dt>
            <dd className="text-ink">{value}</dd>
          </div>
        ))}
        {trims > 0 ? (
          <div className="text-near-ink">
            Trimmed {trims === 1 ? 'once' : `${formatCount(trims)} times`} past its line.
          </div>
        ) : null}
      </dl>
      <div className="flex gap-2">
        <Button size="small" onClick={() => store.trim()}>
          Let go of pages
        </Button>
        <Button size="small" onClick={() => setDebug('off')}>
          Hide
        </Button>
      </div>
    </section>
  );
}

function parseDebug(text: string): 'memory' | 'off' | null {
  return text === 'memory' ? text : null;
}

function entriesOf(first: MemorySample, last: MemorySample): readonly (readonly [string, string])[] {
  return [
    ['Rows held', formatCount(last.rows)],
    ['Tail waiting', formatCount(last.ring)],
    ['Requests open', formatCount(last.fetching)],
    ['Listeners', formatCount(last.listeners)],
    ['Nodes since opened', signed(last.nodes - first.nodes)],
    ...(last.heapBytes === null || first.heapBytes === null
      ? []
      : [['Heap since opened', signedBytes(last.heapBytes - first.heapBytes)] as const]),
  ];
}

function signed(change: number): string {
  return `${change < 0 ? '−' : '+'}${formatCount(Math.abs(change))}`;
}

function signedBytes(change: number): string {
  return `${change < 0 ? '−' : '+'}${formatBytes(Math.abs(change))}`;
}

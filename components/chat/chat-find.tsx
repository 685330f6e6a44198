'use client';

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { ChatStore } from '#lib/client/chat-store.ts';
import { searchSession } from '#lib/client/search-session.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { revealHiddenCharacters } from '#lib/format/reveal-hidden-characters.ts';

type ChatFindProps = {
  readonly sessionId: string;
  readonly store: ChatStore;
  readonly epoch: number;
  readonly onHits: (seqs: readonly number[]) => void;
};

type Hit = { readonly seq: number; readonly snippet: string };
type Finding = {
  readonly words: string;
  readonly hits: readonly Hit[];
  readonly at: number;
  readonly status: 'searching' | 'done' | 'full' | 'failed';
};

const hitsMax = 1_000;
const idle: Finding = { words: '', hits: [], at: -1, status: 'done' };

/** Finds words in all messages, also in those that are not on the page; the newest hit first. */
export function ChatFind({ sessionId, store, epoch, onHits }: ChatFindProps) {
  const [text, setText] = useState('');
  const [finding, setFinding] = useState(idle);
  const running = useRef<AbortController>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was found in a cleared history is forgotten.
  useEffect(() => {
    setFinding(idle);
    onHits([]);
    return () => running.current?.abort();
  }, [epoch]);

  const show = (found: Finding, at: number) => {
    const hit = found.hits[at];
    if (hit === undefined) return;
    setFinding({ ...found, at });
    void store.jumpTo(hit.seq);
    window.history.replaceState(null, '', `#${hit.seq}`);
  };
  const find = async (words: string) => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    let hits: readonly Hit[] = [];
    let before: number | null = null;
    setFinding({ words, hits, at: -1, status: 'searching' });
    onHits([]);
    try {
      do {
        const answer = await searchSession({ sessionId, words, before, signal: abort.signal });
        if (abort.signal.aborted) return;
        const isFirst = hits.length === 0 && answer.hits.length > 0;
        hits = [...hits, ...answer.hits];
        before = hits.length >= hitsMax ? null : answer.nextBefore;
        const status = hits.length >= hitsMax ? 'full' : before === null ? 'done' : 'searching';
        const next: Finding = { words, hits, at: 0, status };
        onHits(hits.map(({ seq }) => seq));
        if (isFirst) show(next, 0);
        else setFinding((old) => ({ ...next, at: old.at }));
      } while (before !== null);
    } catch {
      if (!abort.signal.aborted) setFinding({ words, hits, at: -1, status: 'failed' });
    }
  };
  const step = (by: number) => {
    if (finding.hits.length === 0) return;
    show(finding, (finding.at + by + finding.hits.length) % finding.hits.length);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      running.current?.abort();
      setText('');
      setFinding(idle);
      onHits([]);
    }
  };
  const hit = finding.hits[finding.at];
  return (
    <search className="flex min-w-0 flex-col gap-1">
      <form
        className="flex flex-wrap items-end gap-1.5"
        onSubmit={(event) => {
          event.preventDefault();
          const words = text.trim();
          if (words === '') return;
          if (words === finding.words && finding.hits.length > 0) step(1);
          else void find(words);
        }}
      >
        <div className="w-52 max-md:w-full">
          <TextField
            label="Find in session"
            value={text}
            onValueChange={setText}
            onKeyDown={onKey}
            maxLength={200}
            type="search"
          />
        </div>
        <Button type="submit">Find</Button>
        <Button onClick={() => step(-1)} disabled={finding.hits.length === 0}>
          Newer
        </Button>
        <Button onClick={() => step(1)} disabled={finding.hits.length === 0}>
          Older
        </Button>
      </form>
      <p aria-live="polite" className="max-w-md truncate text-xs text-muted">
        {sentenceOf(finding)}
        {hit === undefined ? null : ` · ${revealHiddenCharacters(hit.snippet.replaceAll(/\s+/g, ' '))}`}
        {finding.words === '' ? <>&nbsp;</> : null}
      </p>
    </search>
  );
}

function sentenceOf({ words, hits, at, status }: Finding): string {
  if (words === '') return '';
  const found = `${formatCount(at + 1)} of ${formatCount(hits.length)}`;
  if (status === 'failed') return 'The search failed. Try again.';
  if (status === 'searching') return hits.length === 0 ? 'Searching…' : `${found}, searching on…`;
  if (hits.length === 0) return 'Not found.';
  return status === 'full' ? `${found} or more` : found;
}

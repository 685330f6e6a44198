import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { VList, type VListHandle } from 'virtua';
import { PlainRow } from './plain-row.tsx';

/** What a list is asked for, whatever it is made of. */
export type ListHandle = {
  goTo(index: number): void;
  /** Older rows come, as many as given, before the first one. */
  prepend(count: number): void;
};

export type PeerProps = {
  readonly texts: readonly string[];
  /** Rows before this one come later, by `prepend`. */
  readonly first: number;
  readonly handle: RefObject<ListHandle | null>;
};

/** The rows that a list has been given so far. */
function useRows({ texts, first }: PeerProps) {
  const [start, setStart] = useState(first);
  const [isPrepend, setIsPrepend] = useState(false);
  return {
    start,
    rows: start === 0 ? texts : texts.slice(start),
    isPrepend,
    prepend: (count: number) => {
      setIsPrepend(true);
      setStart((old) => Math.max(0, old - count));
    },
  };
}

const estimatePx = 92;

export function VirtuosoList(props: PeerProps) {
  const { handle } = props;
  const { start, rows, prepend } = useRows(props);
  const list = useRef<VirtuosoHandle>(null);
  useEffect(() => {
    handle.current = {
      goTo: (index) => list.current?.scrollToIndex({ index: index - start, align: 'start' }),
      prepend,
    };
  });
  return (
    <Virtuoso
      ref={list}
      className="scroller"
      totalCount={rows.length}
      firstItemIndex={start}
      initialTopMostItemIndex={{ index: rows.length - 1, align: 'end' }}
      increaseViewportBy={400}
      followOutput
      itemContent={(seq) => <PlainRow seq={seq} text={rows[seq - start] ?? ''} />}
    />
  );
}

export function VirtuaList(props: PeerProps) {
  const { handle } = props;
  const { start, rows, isPrepend, prepend } = useRows(props);
  const list = useRef<VListHandle>(null);
  const count = useRef(rows.length);
  useEffect(() => {
    handle.current = { goTo: (index) => list.current?.scrollToIndex(index - start), prepend };
  });
  useEffect(() => list.current?.scrollToIndex(count.current - 1, { align: 'end' }), []);
  return (
    <VList ref={list} className="scroller" data={rows} bufferSize={400} shift={isPrepend}>
      {(text, index) => <PlainRow key={start + index} seq={start + index} text={text} />}
    </VList>
  );
}

export function TanstackList(props: PeerProps) {
  'use no memo';
  const { handle } = props;
  const { start, rows, prepend } = useRows(props);
  const scroller = useRef<HTMLDivElement>(null);
  const getItemKey = useCallback((index: number) => start + index, [start]);
  const virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement> = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatePx,
    getItemKey,
    overscan: 5,
    anchorTo: 'end',
  });
  useEffect(() => {
    handle.current = {
      goTo: (index) => virtualizer.scrollToIndex(index - start, { align: 'start' }),
      prepend,
    };
  });
  useEffect(() => virtualizer.scrollToEnd(), [virtualizer]);
  return (
    <div ref={scroller} className="scroller">
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className="item"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <PlainRow seq={start + item.index} text={rows[item.index] ?? ''} />
          </div>
        ))}
      </div>
    </div>
  );
}

export function NaiveList(props: PeerProps) {
  const { handle } = props;
  const { start, rows, prepend } = useRows(props);
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const list = scroller.current;
    handle.current = {
      goTo: (index) => list?.children[index - start]?.scrollIntoView({ block: 'start' }),
      prepend,
    };
  });
  useEffect(() => scroller.current?.lastElementChild?.scrollIntoView({ block: 'end' }), []);
  return (
    <div ref={scroller} className="scroller anchored">
      {rows.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: start and index are the row's number.
        <PlainRow key={start + index} seq={start + index} text={text} />
      ))}
    </div>
  );
}

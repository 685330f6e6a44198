import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { VList, type VListHandle } from 'virtua';
import { PlainRow } from './plain-row.tsx';

/** What a list is asked for, whatever it is made of. */
export type ListHandle = { goTo(index: number): void };

export type PeerProps = {
  readonly texts: readonly string[];
  readonly handle: RefObject<ListHandle | null>;
};

const estimatePx = 92;

export function VirtuosoList({ texts, handle }: PeerProps) {
  const list = useRef<VirtuosoHandle>(null);
  useEffect(() => {
    handle.current = { goTo: (index) => list.current?.scrollToIndex({ index, align: 'start' }) };
  }, [handle]);
  return (
    <Virtuoso
      ref={list}
      className="scroller"
      totalCount={texts.length}
      initialTopMostItemIndex={{ index: texts.length - 1, align: 'end' }}
      increaseViewportBy={400}
      followOutput
      itemContent={(index) => <PlainRow seq={index} text={texts[index] ?? ''} />}
    />
  );
}

export function VirtuaList({ texts, handle }: PeerProps) {
  const list = useRef<VListHandle>(null);
  useEffect(() => {
    handle.current = { goTo: (index) => list.current?.scrollToIndex(index, { align: 'start' }) };
    list.current?.scrollToIndex(texts.length - 1, { align: 'end' });
  }, [handle, texts]);
  return (
    <VList ref={list} className="scroller" data={texts} bufferSize={400}>
      {(text, index) => <PlainRow key={index} seq={index} text={text} />}
    </VList>
  );
}

export function TanstackList({ texts, handle }: PeerProps) {
  'use no memo';
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement> = useVirtualizer({
    count: texts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatePx,
    overscan: 5,
    anchorTo: 'end',
  });
  useEffect(() => {
    handle.current = { goTo: (index) => virtualizer.scrollToIndex(index, { align: 'start' }) };
    virtualizer.scrollToIndex(texts.length - 1, { align: 'end' });
  }, [handle, virtualizer, texts]);
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
            <PlainRow seq={item.index} text={texts[item.index] ?? ''} />
          </div>
        ))}
      </div>
    </div>
  );
}

export function NaiveList({ texts, handle }: PeerProps) {
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const rows = scroller.current;
    handle.current = { goTo: (index) => rows?.children[index]?.scrollIntoView({ block: 'start' }) };
    rows?.lastElementChild?.scrollIntoView({ block: 'end' });
  }, [handle]);
  return (
    <div ref={scroller} className="scroller">
      {texts.map((text, index) => (
        <PlainRow key={text} seq={index} text={text} />
      ))}
    </div>
  );
}

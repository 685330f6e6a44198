'use client';

import { type PointerEvent, useEffect, useState } from 'react';

type Span = { readonly first: number; readonly last: number };

type BarSelection = {
  readonly count: number;
  readonly onHover: (index: number | null) => void;
  /** Both included; the same one after a click. */
  readonly onSelect: (first: number, last: number) => void;
};

/** Which of equally wide bars the pointer is on, and which it is dragged over. Escape gives a drag up. */
export function useBarSelection({ count, onHover, onSelect }: BarSelection) {
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | null>(null);
  const isDragging = drag !== null;
  useEffect(() => {
    if (!isDragging) return;
    const cancel = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setDrag(null);
    };
    window.addEventListener('keydown', cancel);
    return () => window.removeEventListener('keydown', cancel);
  }, [isDragging]);

  const indexAt = (event: PointerEvent<HTMLElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const index = Math.floor(((event.clientX - left) / Math.max(1, width)) * count);
    return Math.min(count - 1, Math.max(0, index));
  };
  const selected: Span | null =
    drag === null ? null : { first: Math.min(drag.from, drag.to), last: Math.max(drag.from, drag.to) };
  return {
    selected,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0 || count === 0) return;
        const index = indexAt(event);
        onHover(index);
        // A finger pans the page and taps to read; the table narrows the range by touch.
        if (event.pointerType !== 'mouse') return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ from: index, to: index });
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const index = indexAt(event);
        onHover(index);
        if (drag !== null) setDrag({ ...drag, to: index });
      },
      onPointerUp: () => {
        setDrag(null);
        if (selected !== null) onSelect(selected.first, selected.last);
      },
      onPointerCancel: () => {
        setDrag(null);
        onHover(null);
      },
      onPointerLeave: (event: PointerEvent<HTMLElement>) => {
        if (event.pointerType === 'mouse') onHover(null);
      },
    },
  };
}

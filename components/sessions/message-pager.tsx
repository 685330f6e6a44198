'use client';

import { Button } from '#components/ui/button.tsx';
import { messagesPerPage } from '#lib/client/messages-query.ts';
import { formatCount } from '#lib/format/format-count.ts';

type MessagePagerProps = {
  /** From 0. */
  readonly page: number;
  readonly lastSeq: number;
};

/** Moves between pages by putting a page's first message into the address. */
export function MessagePager({ page, lastSeq }: MessagePagerProps) {
  const lastPage = Math.floor(lastSeq / messagesPerPage);
  const firstSeq = page * messagesPerPage;
  const goTo = (target: number) => {
    window.location.hash = `#${target * messagesPerPage}`;
  };
  if (lastPage === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5 text-sm">
      <Button size="small" disabled={page === 0} onClick={() => goTo(0)}>
        First
      </Button>
      <Button size="small" disabled={page === 0} onClick={() => goTo(page - 1)}>
        Earlier
      </Button>
      <span className="px-1 text-muted">
        {formatCount(firstSeq)}–{formatCount(Math.min(lastSeq, firstSeq + messagesPerPage - 1))}
      </span>
      <Button size="small" disabled={page === lastPage} onClick={() => goTo(page + 1)}>
        Later
      </Button>
      <Button size="small" disabled={page === lastPage} onClick={() => goTo(lastPage)}>
        Last
      </Button>
    </div>
  );
}

'use client';

import { memo } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import type { DraftView } from '#lib/chat/draft-view.ts';
import { excerptBoundsOf } from '#lib/chat/excerpt-bounds.ts';
import { excerptDraft } from '#lib/chat/excerpt-draft.ts';
import { nameKind } from '#lib/chat/name-kind.ts';
import type { ChatStore } from '#lib/client/chat-store.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatInstant } from '#lib/format/format-instant.ts';
import { revealHiddenCharacters } from '#lib/format/reveal-hidden-characters.ts';
import { DaySeparator } from './day-separator.tsx';
import { formatClock } from './format-clock.ts';
import { isOtherDay } from './is-other-day.ts';
import { MarkdownText } from './markdown-text.tsx';
import { PlainText } from './plain-text.tsx';
import { roleInk } from './role-ink.ts';
import { useDraft } from './use-draft.ts';

type DraftRowProps = {
  readonly store: ChatStore;
  readonly place: number;
  /** Time of the message before; null where there is none, undefined where it is not known. */
  readonly previousTs: string | null | undefined;
};

/**
 * The message that is being written: as it will look, with its end where it is long. Not read out as it grows; that
 * one is being written is said once, by the viewer.
 */
export const DraftRow = memo(function DraftRow({ store, place, previousTs }: DraftRowProps) {
  const draft = useDraft(store);
  if (draft === null) return null;
  return (
    <>
      {isOtherDay(previousTs, draft.ts) ? <DaySeparator ts={draft.ts} /> : null}
      <article
        aria-label={`Being written, ${draft.role}`}
        aria-posinset={place}
        aria-setsize={-1}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a feed is read article by article.
        tabIndex={0}
        className="flex flex-col gap-1 border-b border-hairline px-3 py-2.5 -outline-offset-2 md:flex-row md:gap-4"
      >
        <DraftFacts draft={draft} />
        <div className="flex min-w-0 flex-1 flex-col items-start gap-1.5">
          <DraftText draft={draft} />
        </div>
      </article>
    </>
  );
});

/** Stays in sight while the end of a tall text is read. */
function DraftFacts({ draft }: { readonly draft: DraftView }) {
  const { ts, role, toolName, characters } = draft;
  return (
    <div className="sticky top-0 z-10 flex shrink-0 flex-wrap items-baseline gap-x-2 bg-raised py-0.5 text-xs text-muted md:w-48 md:flex-col md:items-start md:self-start">
      <span className={classNames('text-sm font-medium', roleInk(role))}>{nameKind(draft)}</span>
      {toolName === null ? null : (
        <span className="max-w-full truncate font-mono">{revealHiddenCharacters(toolName)}</span>
      )}
      <span>
        <time dateTime={ts} title={formatInstant({ atMs: Date.parse(ts) })}>
          {formatClock(ts)}
        </time>{' '}
        · {formatCount(characters)} characters
      </span>
      <span className="flex items-center gap-1.5 text-accent">
        <span aria-hidden="true" className="size-1.5 rounded-full bg-accent" />
        writing…
      </span>
    </div>
  );
}

function DraftText({ draft }: { readonly draft: DraftView }) {
  const { isTool, bounds } = excerptBoundsOf(draft.kind);
  const { text, isCut } = excerptDraft(draft, bounds);
  return (
    <>
      {isCut ? <p className="text-xs text-muted">The end of what is written so far:</p> : null}
      {isTool || text === '' ? (
        <PlainText text={text === '' ? '…' : text} isCode={isTool} />
      ) : (
        <MarkdownText text={text} />
      )}
    </>
  );
}

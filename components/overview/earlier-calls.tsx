import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';

const spanMs = 30 * 86_400_000;

type EarlierCallsProps = {
  readonly lastCall: string | null;
  readonly onNarrow: (range: { readonly from: string; readonly to: string }) => void;
};

/** Imported logs may be months old: an empty range then leads to where the calls are. */
export function EarlierCalls({ lastCall, onNarrow }: EarlierCallsProps) {
  if (lastCall === null) return null;
  // The end of a range is not in it.
  const toMs = Date.parse(lastCall) + 1_000;
  const range = { from: new Date(toMs - spanMs).toISOString(), to: new Date(toMs).toISOString() };
  return (
    <Notice>
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span>
          There are no calls in this range. The last one was <RelativeTime at={lastCall} />.
        </span>
        <Button size="small" onClick={() => onNarrow(range)}>
          Show the 30 days up to it
        </Button>
      </span>
    </Notice>
  );
}

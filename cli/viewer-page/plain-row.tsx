import { memo } from 'react';

let renders = 0;

/** How often rows were drawn since the page was opened. */
export function countRenders(): number {
  return renders;
}

/** The same row for every list that is compared: a number and a text. */
export const PlainRow = memo(function PlainRow({
  seq,
  text,
}: {
  readonly seq: number;
  readonly text: string;
}) {
  renders += 1;
  return (
    <div className="row" data-row={seq}>
      <b>{seq}</b>
      <p>{text}</p>
    </div>
  );
});

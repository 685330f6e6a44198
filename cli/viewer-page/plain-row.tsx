import { memo } from 'react';

let renders = 0;
let hasImages = false;

/** Gives rows that are drawn from now on an image that is not there yet; see `loadImagesAbove`. */
export function setHasImages(value: boolean): void {
  hasImages = value;
}

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
      {/* biome-ignore lint/performance/noImgElement: an image as a page has it is what is measured. */}
      {hasImages ? <img alt="" data-late /> : null}
    </div>
  );
});

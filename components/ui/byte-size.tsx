import { formatBytes } from '#lib/format/format-bytes.ts';
import { formatCount } from '#lib/format/format-count.ts';

/** A size in short, with its unit; the exact number of bytes on hover. */
export function ByteSize({ bytes }: { readonly bytes: number }) {
  return (
    <data value={bytes} title={`${formatCount(bytes)} bytes`}>
      {formatBytes(bytes)}
    </data>
  );
}

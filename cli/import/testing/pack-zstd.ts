/** A zstd frame of raw blocks: enough of the format to test unpacking, without packing anything. */
export function packZstd(text: string): Buffer {
  const content = Buffer.from(text, 'utf8');
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0]);
  header.writeUInt32LE(content.length, 5);
  const blocks: Buffer[] = [header];
  const size = 100_000;
  for (let start = 0; start < content.length; start += size) {
    const block = content.subarray(start, start + size);
    const isLast = start + size >= content.length;
    const head = Buffer.alloc(3);
    head.writeUIntLE((block.length << 3) | (isLast ? 1 : 0), 0, 3);
    blocks.push(head, block);
  }
  return Buffer.concat(blocks);
}

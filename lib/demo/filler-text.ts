import { seededRandom } from '#lib/projection/seeded-random.ts';

const words =
  'order cart invoice refund stock parcel courier depot label customer account session retry queue worker batch price tax total row column index cache store build test branch commit review deploy rollback metric trace span alert budget quota limit token prompt answer tool result error timeout header cookie request'.split(
    ' ',
  );

const lines = Array.from({ length: 4_000 }, makeLine(seededRandom(7)));
const text = lines.join('\n');

/** About `bytes` bytes of made-up log and code lines: what tools return. The same for the same random numbers. */
export function fillerText(bytes: number, random: () => number): string {
  const length = Math.min(bytes, text.length);
  const start = Math.floor(random() * (text.length - length));
  return text.slice(start, start + length);
}

function makeLine(random: () => number): () => string {
  const word = () => words[Math.floor(random() * words.length)] ?? 'order';
  return () => {
    const sentence = Array.from({ length: 4 + Math.floor(random() * 6) }, word).join(' ');
    if (random() < 0.5)
      return `  ${word()}.${word()}(${word()}, ${Math.floor(random() * 900)}); // ${sentence}`;
    return `${word()}=${Math.floor(random() * 10_000)} ${sentence}`;
  };
}

import { StringDecoder } from 'node:string_decoder';
import { lineBytesMax } from './read-lines.ts';

export type LineSplitter = {
  push(piece: Uint8Array): void;
  /** The last line may lack its line feed. */
  end(): void;
};

/** Cuts pieces of an unpacked archive into lines; one over 32 MB is left out. */
export function lineSplitter(handlers: {
  readonly line: (text: string) => void;
  readonly tooLong: () => void;
}): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let isSkipping = false;

  function take(line: string): void {
    if (isSkipping || line.length > lineBytesMax) handlers.tooLong();
    else handlers.line(line);
    isSkipping = false;
  }

  return {
    push: (piece) => {
      const lines = (rest + decoder.write(Buffer.from(piece))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
      if (rest.length <= lineBytesMax) return;
      rest = '';
      isSkipping = true;
    },
    end: () => {
      rest += decoder.end();
      if (rest !== '' || isSkipping) take(rest);
      rest = '';
    },
  };
}

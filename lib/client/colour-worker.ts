import type { CodeLanguage } from './code-languages.ts';
import { type CodeLine, colourCode } from './colour-code.ts';

/** To the worker and back. One text at a time is sent, so that none needs a number. */
export type ColourRequest = { readonly text: string; readonly language: CodeLanguage };
export type ColourAnswer = { readonly lines: readonly CodeLine[] | null };

self.addEventListener('message', async ({ data }: MessageEvent<ColourRequest>) => {
  // Plain code is as good an answer when a piece of the program cannot be loaded (the app was updated).
  const lines = await colourCode(data).catch(() => null);
  self.postMessage({ lines } satisfies ColourAnswer);
});

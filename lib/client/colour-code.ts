import type { HighlighterCore } from 'shiki/core';
import type { CodeLanguage } from './code-languages.ts';

/** A piece of a line, `at` counted from the text's start; `name` says what it is (`keyword`), null where it has no colour of its own. */
export type CodeToken = { readonly at: number; readonly text: string; readonly name: string | null };
export type CodeLine = readonly CodeToken[];

const grammars = {
  bash: () => import('shiki/langs/bash.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
} as const satisfies Record<CodeLanguage, unknown>;

/** Past it the rest of a line is left in the colour that it had reached. */
const lineMsMax = 500;

let highlighter: Promise<HighlighterCore> | undefined;

/**
 * Colours code. The first text of a language takes half a second of work, while its patterns are made: this runs in
 * a worker.
 */
export async function colourCode(input: {
  readonly text: string;
  readonly language: CodeLanguage;
}): Promise<readonly CodeLine[]> {
  const { text, language } = input;
  highlighter ??= openHighlighter();
  const opened = await highlighter;
  await opened.loadLanguage(await grammars[language]());
  const colour = () =>
    opened.codeToTokensBase(text, {
      lang: language,
      theme: 'css-variables',
      tokenizeTimeLimit: lineMsMax,
    });
  const startMs = performance.now();
  let lines = colour();
  // The first lines may have taken the time that was theirs for making patterns; now these are there.
  if (performance.now() - startMs >= lineMsMax) lines = colour();
  return lines.map((line) =>
    line.map(({ content, color, offset }) => ({ at: offset, text: content, name: nameOf(color) })),
  );
}

async function openHighlighter(): Promise<HighlighterCore> {
  const [{ createCssVariablesTheme, createHighlighterCore }, { createJavaScriptRegexEngine }] =
    await Promise.all([import('shiki/core'), import('shiki/engine/javascript')]);
  return createHighlighterCore({
    engine: createJavaScriptRegexEngine({ forgiving: true }),
    themes: [createCssVariablesTheme({ name: 'css-variables' })],
    langs: [],
  });
}

/** `var(--shiki-token-keyword)` is a keyword. */
function nameOf(color: string | undefined): string | null {
  return /--shiki-token-([\w-]+)/.exec(color ?? '')?.[1] ?? null;
}

import type { HighlighterCore } from 'shiki/core';

/** A piece of a line, `at` counted from the text's start; `name` says what it is (`keyword`), null where it has no colour of its own. */
export type CodeToken = { readonly at: number; readonly text: string; readonly name: string | null };
export type CodeLine = readonly CodeToken[];

const languages = {
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
} as const;

type Language = keyof typeof languages;

const aliases: Readonly<Record<string, Language>> = {
  sh: 'bash',
  shell: 'bash',
  zsh: 'bash',
  js: 'javascript',
  jsx: 'tsx',
  ts: 'typescript',
  py: 'python',
  rs: 'rust',
  yml: 'yaml',
};

/** Past it the rest of a line is left in the colour that it had reached. */
const lineMsMax = 500;

let highlighter: Promise<HighlighterCore> | undefined;

/** Colours code; null for a language that is not known. The colouring program is loaded when it is first needed. */
export async function highlightCode(input: {
  readonly text: string;
  readonly language: string;
}): Promise<readonly CodeLine[] | null> {
  const name = input.language.toLowerCase();
  const language = isLanguage(name) ? name : aliases[name];
  if (language === undefined) return null;
  try {
    highlighter ??= openHighlighter();
    const opened = await highlighter;
    await opened.loadLanguage(await languages[language]());
    const colour = () =>
      opened.codeToTokensBase(input.text, {
        lang: language,
        theme: 'css-variables',
        tokenizeTimeLimit: lineMsMax,
      });
    const startMs = performance.now();
    let lines = colour();
    if (performance.now() - startMs >= lineMsMax) {
      // A language's first lines compile its patterns, which can take that long; now they are there.
      await new Promise<void>((resolve) => setTimeout(resolve));
      lines = colour();
    }
    return lines.map((line) =>
      line.map(({ content, color, offset }) => ({ at: offset, text: content, name: nameOf(color) })),
    );
  } catch {
    // Plain code is as good an answer when a piece of the program cannot be loaded (the app was updated).
    highlighter = undefined;
    return null;
  }
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

function isLanguage(name: string): name is Language {
  return Object.hasOwn(languages, name);
}

/** `var(--shiki-token-keyword)` is a keyword. */
function nameOf(color: string | undefined): string | null {
  return /--shiki-token-([\w-]+)/.exec(color ?? '')?.[1] ?? null;
}

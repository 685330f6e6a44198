'use client';

import { memo } from 'react';
import Markdown, { type Components, defaultUrlTransform } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { weighMarkdown } from '#lib/chat/weigh-markdown.ts';
import { revealHiddenCharacters } from '#lib/format/reveal-hidden-characters.ts';
import { CodeText } from './code-text.tsx';
import { PlainText } from './plain-text.tsx';

/** Past it, or past this weight, the text is shown as it is: parsing could take long. */
const charactersMax = 4_000;
const weightMax = 400;
const plugins = [remarkGfm];

/**
 * A message's text as Markdown. HTML in it stays text, images are named and never fetched, links go to the web
 * or to mail only, and headings take no part in the page's outline.
 */
export const MarkdownText = memo(function MarkdownText({ text }: { readonly text: string }) {
  if (text === '' || !isMarkdown(text) || !isHarmless(text)) return <PlainText text={text} />;
  return (
    <div className="chat-markdown w-full max-w-[100ch] min-w-0 text-base break-words">
      <Markdown remarkPlugins={plugins} components={components} urlTransform={safeUrl}>
        {revealHiddenCharacters(text)}
      </Markdown>
    </div>
  );
});

/**
 * Plain sentences are most of a chat, and cost ten times less as one element; so do #123, snake_case and a > b,
 * which Markdown would leave as they are.
 */
function isMarkdown(text: string): boolean {
  return /[`*[~]|(?:^|\W)_\S|\|[ \t]*:?-|https?:|www\.|\n\s*\n/.test(text) || blockStart.test(text);
}

/** Headings, quotes, lists, rules and what underlines a heading. */
const blockStart = /^[ \t]*(?:#{1,6}[ \t]|>|[-+][ \t]|\d{1,9}[.)][ \t]|-{2,}|={2,})/m;

function isHarmless(text: string): boolean {
  return text.length <= charactersMax && weighMarkdown(text) <= weightMax;
}

function safeUrl(url: string): string {
  const safe = defaultUrlTransform(url);
  return /^(?:https?:|mailto:)/i.test(safe) ? safe : '';
}

const heading: Components['h1'] = ({ children }) => <p className="font-medium">{children}</p>;

const components: Components = {
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
  a: ({ href, children }) =>
    href === undefined || href === '' ? (
      <span>{children}</span>
    ) : (
      <a
        href={href}
        title={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent underline underline-offset-2"
      >
        {children}
      </a>
    ),
  img: ({ alt, src }) => (
    <span className="rounded-sm border border-hairline px-1 text-sm text-muted">
      image{alt ? ` “${alt}”` : ''}, not loaded
      {typeof src === 'string' && src !== '' ? `: ${src.slice(0, 120)}` : ''}
    </span>
  ),
  input: ({ checked }) => <span>{checked ? '☑ ' : '☐ '}</span>,
  section: ({ children }) => <div className="text-sm text-muted">{children}</div>,
  sup: ({ children }) => <sup>{children}</sup>,
  table: ({ children }) => (
    <div className="max-w-full overflow-x-auto">
      <table className="text-sm [&_td]:border [&_td]:border-hairline [&_td]:px-2 [&_td]:py-1 [&_th]:border [&_th]:border-hairline [&_th]:px-2 [&_th]:py-1 [&_th]:text-left">
        {children}
      </table>
    </div>
  ),
  pre: ({ children }) => <>{children}</>,
  code: ({ className, children }) => {
    const text = String(children ?? '');
    const language = /language-([\w+#-]+)/.exec(className ?? '')?.[1];
    return language !== undefined || text.endsWith('\n') ? (
      <CodeText text={text.replace(/\n$/, '')} language={language ?? null} />
    ) : (
      <code className="rounded-sm bg-sunk px-1 font-mono text-sm">{children}</code>
    );
  },
};

import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '#components/providers.tsx';
import { SkipLink } from '#components/shell/skip-link.tsx';
import { earlyScript } from '#lib/client/early-answers.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Plimsoll', template: '%s · Plimsoll' },
  description: 'What your LLM agents spend, and how heavy their sessions have grown.',
};

export const viewport: Viewport = { colorScheme: 'light dark' };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // Reading the request also keeps every page dynamic, without which Next could not put the nonce in.
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <head>
        {/* Our own text: what it asks is under way while the programs load. A module that is async waits for no
            style sheet, which a plain script in a page does. */}
        <script type="module" async nonce={nonce} suppressHydrationWarning>
          {earlyScript}
        </script>
      </head>
      <body>
        <SkipLink />
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  );
}

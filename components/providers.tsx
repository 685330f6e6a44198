'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { Toaster } from '#components/ui/toaster.tsx';
import { makeQueryClient } from '#lib/client/query-client.ts';

type ProvidersProps = { readonly children: ReactNode; readonly nonce: string | undefined };

/** What every page's client parts share. The nonce is this request's; the theme's script needs it. */
export function Providers({ children, nonce }: ProvidersProps) {
  const [queryClient] = useState(makeQueryClient);
  return (
    <ThemeProvider
      attribute="data-theme"
      defaultTheme="system"
      storageKey="plimsoll-theme"
      {...(nonce === undefined ? {} : { nonce })}
    >
      <QueryClientProvider client={queryClient}>
        {children}
        <Toaster />
      </QueryClientProvider>
    </ThemeProvider>
  );
}

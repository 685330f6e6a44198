import type { ReactNode } from 'react';
import { AppShell } from '#components/shell/app-shell.tsx';
import { requirePageSession } from '#lib/server/auth/require-page-session.ts';

/*
 * There is no loading.tsx beside the pages: it would send 200 before the session is checked, and the way to
 * the login page would be a script instead of a redirect. Each view draws its own skeleton.
 */
export default async function PagesLayout({ children }: { readonly children: ReactNode }) {
  await requirePageSession();
  return <AppShell>{children}</AppShell>;
}

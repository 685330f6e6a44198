import type { ReactNode } from 'react';
import { AppShell } from '#components/shell/app-shell.tsx';
import { SeriesColorProvider } from '#components/usage/series-color-provider.tsx';
import { authService } from '#lib/server/auth/auth-service.ts';
import { requirePageSession } from '#lib/server/auth/require-page-session.ts';
import { readNames } from '#lib/server/names/read-names.ts';
import { readProjects } from '#lib/server/projects/read-projects.ts';

/*
 * There is no loading.tsx beside the pages: it would send 200 before the session is checked, and the way to
 * the login page would be a script instead of a redirect. Each view draws its own skeleton.
 */
export default async function PagesLayout({ children }: { readonly children: ReactNode }) {
  const principal = await requirePageSession();
  const { db } = authService();
  const [projects, names] = await Promise.all([
    readProjects(db, principal),
    readNames(db, principal.projectId),
  ]);
  return (
    <SeriesColorProvider names={names}>
      <AppShell projects={projects}>{children}</AppShell>
    </SeriesColorProvider>
  );
}

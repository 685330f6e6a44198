import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ProjectView } from '#lib/settings/project-view.ts';
import { DemoBanner } from './demo-banner.tsx';
import { LiveUpdates } from './live-updates.tsx';
import { NavLinks } from './nav-links.tsx';
import { PlimsollMark } from './plimsoll-mark.tsx';
import { ProjectSwitch } from './project-switch.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { SignOutButton } from './sign-out-button.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

type AppShellProps = {
  readonly children: ReactNode;
  /** All that may be looked at; the menu is drawn where there are several. */
  readonly projects: readonly ProjectView[];
};

/** The frame of every signed-in page: navigation at the left, above the page at phone width. */
export function AppShell({ children, projects }: AppShellProps) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-[1440px] flex-col md:flex-row">
      <header className="flex shrink-0 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-hairline px-4 py-3 max-md:border-b md:sticky md:top-0 md:h-dvh md:w-44 md:flex-col md:flex-nowrap md:items-stretch md:justify-start md:gap-5 md:border-r md:px-3 md:py-5">
        <Link href="/" className="flex items-center gap-2 rounded-sm text-lg font-medium md:px-2.5">
          <PlimsollMark />
          Plimsoll
        </Link>
        <div className="max-md:order-last max-md:w-full">
          <NavLinks />
        </div>
        <ProjectSwitch projects={projects} />
        <div className="flex items-center gap-2 md:mt-auto md:flex-col md:items-start">
          <ThemeSwitch />
          <div className="flex">
            {/* At phone width the settings have it. */}
            <span className="max-md:hidden">
              <SignOutButton />
            </span>
            <Shortcuts />
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 py-5 outline-none md:px-6">
        <DemoBanner projects={projects} />
        {children}
      </main>
      <LiveUpdates />
    </div>
  );
}

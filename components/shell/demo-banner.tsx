'use client';

import { Button } from '#components/ui/button.tsx';
import type { ProjectView } from '#lib/settings/project-view.ts';
import { useShowProject } from './use-show-project.ts';

/** Says on every page that what is shown is made up, how to leave it, and how to be rid of it. */
export function DemoBanner({ projects }: { readonly projects: readonly ProjectView[] }) {
  const show = useShowProject();
  const own = projects.find(({ isDemo }) => !isDemo);
  if (!projects.some(({ isShown, isDemo }) => isShown && isDemo)) return null;
  return (
    <aside
      aria-label="Demo data"
      className="-mt-2 mb-2.5 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-hairline pb-1.5 text-sm text-muted"
    >
      <p>
        <span className="font-medium text-ink">Demo data.</span> A made-up month of five agents. Remove it
        with <code className="font-mono text-xs text-ink">npm run demo -- --remove</code>
      </p>
      {own === undefined ? null : (
        <Button
          size="small"
          isBusy={show.isPending || show.isSuccess}
          busyLabel="Opening…"
          onClick={() => show.mutate(own.slug)}
        >
          Show my own data
        </Button>
      )}
    </aside>
  );
}

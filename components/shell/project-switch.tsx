'use client';

import { SelectField } from '#components/ui/select-field.tsx';
import type { ProjectView } from '#lib/settings/project-view.ts';
import { useShowProject } from './use-show-project.ts';

/** Which project is looked at, where there are several. */
export function ProjectSwitch({ projects }: { readonly projects: readonly ProjectView[] }) {
  const show = useShowProject();
  const shown = projects.find(({ isShown }) => isShown);
  if (projects.length < 2 || shown === undefined) return null;
  return (
    // At phone width there is no room for the label beside the theme.
    <div className="max-md:[&_label]:sr-only">
      <SelectField
        label="Project"
        value={show.isPending || show.isSuccess ? show.variables : shown.slug}
        options={projects.map(({ slug, name }) => ({ value: slug, label: name }))}
        onValueChange={(slug) => {
          if (slug !== shown.slug) show.mutate(slug);
        }}
      />
    </div>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { settingsQuery } from '#lib/client/settings-query.ts';
import { ProjectForm } from './project-form.tsx';

/** How long messages are kept, and whose days are counted. */
export function ProjectSection() {
  const { data, error } = useQuery(settingsQuery);
  return (
    <Section
      id="retention"
      title="Data and time"
      note="Spend and token counts are kept for ever; only messages' text expires."
    >
      {data !== undefined ? (
        <ProjectForm key={`${data.retentionDays} ${data.timeZone}`} settings={data} />
      ) : error !== null ? (
        <Notice>Not shown, because the settings could not be loaded.</Notice>
      ) : (
        <LoadingRegion label="Loading settings">
          <Skeleton className="h-44 max-w-sm" />
        </LoadingRegion>
      )}
    </Section>
  );
}

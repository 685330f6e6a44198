'use client';

import { useQuery } from '@tanstack/react-query';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Stat, StatRow } from '#components/ui/stat.tsx';
import { type Settings, settingsQuery } from '#lib/client/settings-query.ts';
import { formatCount } from '#lib/format/format-count.ts';

/** Version, database and how much is stored. */
export function InstallationSection() {
  const { data, error } = useQuery(settingsQuery);
  return (
    <Section id="installation" title="About this installation">
      {data !== undefined ? (
        <InstallationFigures settings={data} />
      ) : error !== null ? (
        <Notice>Not shown, because the settings could not be loaded.</Notice>
      ) : (
        <LoadingRegion label="Loading">
          <Skeleton className="h-12" />
        </LoadingRegion>
      )}
    </Section>
  );
}

function InstallationFigures({ settings }: { readonly settings: Settings }) {
  const { version, database, counts } = settings;
  return (
    <StatRow>
      <Stat label="Plimsoll">{version}</Stat>
      <Stat
        label="Database"
        note={database.kind === 'embedded' ? 'started with Plimsoll' : 'your own server'}
      >
        Postgres {database.version}
      </Stat>
      <Stat label="Usage events">{formatCount(counts.events)}</Stat>
      <Stat label="Messages">{formatCount(counts.messages)}</Stat>
      <Stat label="Sessions">{formatCount(counts.sessions)}</Stat>
    </StatRow>
  );
}

'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Section } from '#components/ui/section.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import { type Settings, settingsQuery } from '#lib/client/settings-query.ts';
import { updateSettings } from '#lib/client/update-settings.ts';

/** How much a hold reserves when the agent does not say. */
export function HoldsSection() {
  const { data, error } = useQuery(settingsQuery);
  return (
    <Section
      id="holds"
      title="Holds"
      note="What an agent's hold reserves when it names no amount. What a call costs above it is recorded in full."
    >
      {data !== undefined ? (
        <HoldsForm key={`${data.holdBasis} ${data.holdCapUsd}`} settings={data} />
      ) : error !== null ? (
        <Notice>Not shown, because the settings could not be loaded.</Notice>
      ) : (
        <LoadingRegion label="Loading settings">
          <Skeleton className="h-40 max-w-sm" />
        </LoadingRegion>
      )}
    </Section>
  );
}

const bases = [
  { value: 'upper', label: 'the most it can cost' },
  { value: 'likely', label: 'what such calls cost so far' },
] as const;

const usd = /^\d{1,7}(?:\.\d{1,12})?$/;

function HoldsForm({ settings }: { readonly settings: Settings }) {
  const [holdBasis, setHoldBasis] = useState(settings.holdBasis);
  const [cap, setCap] = useState(settings.holdCapUsd ?? '');
  const queryClient = useQueryClient();
  const showToast = useToast();
  const save = useMutation({
    mutationFn: updateSettings,
    onSuccess: (saved) => {
      queryClient.setQueryData(settingsQuery.queryKey, saved);
      showToast('The settings of holds are saved.');
    },
  });
  const text = cap.trim();
  const isCap = text === '' || usd.test(text);
  return (
    <form
      className="flex max-w-sm flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isCap) save.mutate({ holdBasis, holdCapUsd: text === '' ? null : text });
      }}
    >
      {save.error === null ? null : <Notice tone="over">{save.error.message}</Notice>}
      <SelectField label="Reserve" value={holdBasis} options={bases} onValueChange={setHoldBasis} />
      <TextField
        label="At most (USD)"
        note="Empty is without a cap."
        inputMode="decimal"
        autoComplete="off"
        value={cap}
        onValueChange={setCap}
        problem={isCap ? undefined : 'USD like 0.5'}
      />
      <div>
        <Button type="submit" disabled={!isCap} isBusy={save.isPending} busyLabel="Saving…">
          Set what holds reserve
        </Button>
      </div>
    </form>
  );
}

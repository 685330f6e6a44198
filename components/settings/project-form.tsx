'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import { type Settings, settingsQuery } from '#lib/client/settings-query.ts';
import { updateSettings } from '#lib/client/update-settings.ts';
import { checkRetentionDays } from '#lib/settings/check-retention-days.ts';
import { isTimeZone } from '#lib/time/time-zone.ts';

/** Retention and time zone, saved together. */
export function ProjectForm({ settings }: { readonly settings: Settings }) {
  const [days, setDays] = useState(String(settings.retentionDays));
  const [timeZone, setTimeZone] = useState(settings.timeZone);
  const zonesId = useId();
  const zones = Intl.supportedValuesOf('timeZone');
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const queryClient = useQueryClient();
  const showToast = useToast();
  const save = useMutation({
    mutationFn: updateSettings,
    onSuccess: (saved) => {
      queryClient.setQueryData(settingsQuery.queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: ['overview'] });
      showToast('The settings are saved.');
    },
  });
  const retention = checkRetentionDays(days);
  // The list has one name of each zone only; others (Asia/Kolkata beside Asia/Calcutta) are as good.
  const isZone = isTimeZone(timeZone);
  return (
    <form
      className="flex max-w-sm flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (retention.days !== null && isZone) save.mutate({ retentionDays: retention.days, timeZone });
      }}
    >
      {save.error === null ? null : <Notice tone="over">{save.error.message}</Notice>}
      <TextField
        label="Keep messages' text for (days)"
        note="0 keeps it for ever. Text that is older is dropped soon after it comes in, also what an import brings: set 0 before you import old logs that you want to read."
        inputMode="numeric"
        value={days}
        onValueChange={setDays}
        problem={retention.problem}
      />
      <TextField
        label="Time zone"
        note={here === timeZone ? 'Days start at midnight here.' : `This browser is in ${here}.`}
        list={zonesId}
        autoComplete="off"
        value={timeZone}
        onValueChange={setTimeZone}
        problem={isZone ? undefined : 'Not a time zone. Choose one such as Europe/Berlin.'}
      />
      <datalist id={zonesId}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <div>
        <Button
          type="submit"
          disabled={retention.days === null || !isZone}
          isBusy={save.isPending}
          busyLabel="Saving…"
        >
          Save
        </Button>
      </div>
    </form>
  );
}

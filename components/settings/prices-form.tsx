'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { PriceInput } from '#lib/client/change-prices.ts';
import { isUsdPerMillion } from '#lib/pricing/usd-per-million.ts';
import type { PriceDraft } from './prices-dialog.tsx';

type PricesFormProps = {
  readonly draft: PriceDraft;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onCancel: () => void;
  readonly onSubmit: (body: PriceInput) => void;
};

const nameCharactersMax = 200;
const rateFields = [
  { name: 'input', label: 'Input', note: undefined },
  { name: 'output', label: 'Output', note: undefined },
  { name: 'cacheRead', label: 'Cache read', note: 'Empty: as input.' },
  { name: 'cacheWrite5m', label: 'Cache write, 5 min', note: 'Empty: as input.' },
  { name: 'cacheWrite1h', label: 'Cache write, 1 h', note: 'Empty: as 5 min.' },
] as const;

/** Which model, its rates, and when they hold; checked as it is typed. */
export function PricesForm({ draft, isBusy, error, onCancel, onSubmit }: PricesFormProps) {
  const [values, setValues] = useState(draft);
  const set = (name: keyof PriceDraft) => (value: string) =>
    setValues((before) => ({ ...before, [name]: value }));
  const endsTooEarly = values.validFrom !== '' && values.validTo !== '' && values.validTo <= values.validFrom;
  const isReady =
    values.model.trim() !== '' &&
    values.input !== '' &&
    values.output !== '' &&
    rateFields.every(({ name }) => rateProblem(values[name]) === undefined) &&
    !endsTooEarly;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSubmit(toBody(values, draft));
      }}
    >
      {error === null ? null : <Notice tone="over">{error.message}</Notice>}
      <div className="grid gap-4 md:grid-cols-2">
        <TextField
          label="Model"
          note="As calls name it; * is anything."
          maxLength={nameCharactersMax}
          autoComplete="off"
          value={values.model}
          onValueChange={set('model')}
        />
        <TextField
          label="Provider"
          note="* is any provider."
          maxLength={nameCharactersMax}
          autoComplete="off"
          value={values.provider}
          onValueChange={set('provider')}
        />
      </div>
      <fieldset className="grid grid-cols-2 items-start gap-4">
        <legend className="mb-2 text-sm text-muted">US dollars for a million tokens</legend>
        {rateFields.map(({ name, label, note }) => (
          <TextField
            key={name}
            label={label}
            note={note}
            inputMode="decimal"
            autoComplete="off"
            maxLength={20}
            value={values[name]}
            onValueChange={set(name)}
            problem={rateProblem(values[name])}
          />
        ))}
      </fieldset>
      <div className="grid grid-cols-2 items-start gap-4">
        <TextField
          label="From"
          type="date"
          note="Midnight UTC. Empty: always."
          value={values.validFrom}
          onValueChange={set('validFrom')}
        />
        <TextField
          label="To"
          type="date"
          note="This day no more. Empty: open."
          value={values.validTo}
          onValueChange={set('validTo')}
          problem={endsTooEarly ? 'Choose a day after the first.' : undefined}
        />
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" tone="main" disabled={!isReady} isBusy={isBusy} busyLabel="Saving…">
          Save price
        </Button>
      </div>
    </form>
  );
}

function rateProblem(text: string): string | undefined {
  if (text === '' || isUsdPerMillion(text)) return undefined;
  return 'Dollars such as 2.5, at most 6 decimals.';
}

function toBody(values: PriceDraft, before: PriceDraft): PriceInput {
  const rate = (name: string, text: string) => (text === '' ? {} : { [name]: text });
  // A day that stays is not sent: the price may have been made with a time of day by the API.
  const day = (name: 'validFrom' | 'validTo') =>
    values[name] === before[name] ? {} : { [name]: values[name] === '' ? null : `${values[name]}T00:00:00Z` };
  return {
    provider: values.provider.trim() === '' ? '*' : values.provider.trim(),
    model: values.model.trim(),
    inputUsdPerMillion: values.input,
    outputUsdPerMillion: values.output,
    ...rate('cacheReadUsdPerMillion', values.cacheRead),
    ...rate('cacheWrite5mUsdPerMillion', values.cacheWrite5m),
    ...rate('cacheWrite1hUsdPerMillion', values.cacheWrite1h),
    ...day('validFrom'),
    ...day('validTo'),
  };
}

'use client';

import { CheckboxField } from '#components/ui/checkbox-field.tsx';
import { type CountedTokens, countedTokens } from '#lib/budget/counted-tokens.ts';

type TokenBucketFieldsProps = {
  readonly counted: readonly CountedTokens[];
  readonly problem: string | undefined;
  readonly onChange: (counted: readonly CountedTokens[]) => void;
};

const meanings = {
  input: ['Fresh input', 'Sent, and neither read from nor written to the cache.'],
  cacheRead: ['Cache reads', 'Sent again, and found in the cache.'],
  cacheWrite: ['Cache writes', 'Sent, and kept in the cache.'],
  output: ['Output', 'Answered, with the reasoning in it.'],
} as const satisfies Record<CountedTokens, readonly [string, string]>;

/** Which tokens a limit in tokens counts. */
export function TokenBucketFields({ counted, problem, onChange }: TokenBucketFieldsProps) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 text-sm font-medium">Tokens that count</legend>
      <div className="grid gap-2 md:grid-cols-2">
        {countedTokens.map((bucket) => (
          <CheckboxField
            key={bucket}
            label={meanings[bucket][0]}
            note={meanings[bucket][1]}
            isChecked={counted.includes(bucket)}
            onCheckedChange={(isChecked) =>
              onChange(
                countedTokens.filter((other) => (other === bucket ? isChecked : counted.includes(other))),
              )
            }
          />
        ))}
      </div>
      {problem === undefined ? null : <p className="text-sm text-over-ink">Choose at least one.</p>}
    </fieldset>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Section } from '#components/ui/section.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { type WhatIfRules, whatIfQuery } from '#lib/client/what-if-query.ts';
import { type WhatIfRule, whatIfChoices, whatIfRuleNames } from './what-if-choices.ts';
import { whatIfCode } from './what-if-code.ts';
import { WhatIfResult } from './what-if-result.tsx';

const suggested: WhatIfRules = { resultBytesMax: '10240', historyBytesMax: '500000' };

/** Rules to choose, the recorded session replayed with them, and the configuration that does it. */
export function WhatIfSection({ sessionId }: { readonly sessionId: string }) {
  const [rules, setRules] = useState<WhatIfRules>(suggested);
  const [asked, setAsked] = useState<WhatIfRules | null>(null);
  const replay = useQuery({ ...whatIfQuery(sessionId, asked ?? suggested), enabled: asked !== null });
  const choose = (name: WhatIfRule) => (value: string) => {
    const { [name]: _, ...others } = rules;
    setRules(value === 'off' ? others : { ...others, [name]: value });
  };
  return (
    <Section
      title="What if"
      note="This session replayed by the agent toolkit's own functions, as if its rules had been there from the first message."
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 max-md:flex-col max-md:items-stretch max-md:[&>div]:justify-between">
        {whatIfRuleNames.map((name) => (
          <SelectField<string>
            key={name}
            label={whatIfChoices[name].label}
            value={rules[name] ?? 'off'}
            options={whatIfChoices[name].options}
            onValueChange={choose(name)}
          />
        ))}
        <Button tone="main" isBusy={replay.isFetching} busyLabel="Replaying…" onClick={() => setAsked(rules)}>
          Replay
        </Button>
      </div>
      {asked === null ? null : replay.data !== undefined ? (
        <div className="flex flex-col gap-4">
          <WhatIfResult whatIf={replay.data} />
          <CodeBlock code={whatIfCode(asked)} what="configuration" />
        </div>
      ) : replay.error !== null ? (
        <ErrorState
          title="The session could not be replayed."
          error={replay.error}
          onRetry={() => replay.refetch()}
          isRetrying={replay.isFetching}
        />
      ) : (
        <p className="text-muted" role="status">
          Replaying: a long session takes some seconds.
        </p>
      )}
    </Section>
  );
}

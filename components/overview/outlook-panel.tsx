'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { buttonClassNames } from '#components/ui/button-class-names.ts';
import { Section } from '#components/ui/section.tsx';
import { Segments } from '#components/ui/segments.tsx';
import { useSearchSetting } from '#components/ui/use-search-setting.ts';
import { budgetsQuery } from '#lib/client/budgets-query.ts';
import { MonthOutlook } from './month-outlook.tsx';

const panels = [
  { value: 'budgets', label: 'Budgets' },
  { value: 'month', label: 'This month' },
] as const;
type PanelName = (typeof panels)[number]['value'];

/** What is ahead: the budgets, or where the month is heading. Without a budget the month stands first. */
export function OutlookPanel({ budgets }: { readonly budgets: ReactNode }) {
  const { data } = useQuery(budgetsQuery);
  const [chosen, choose] = useSearchSetting<PanelName | 'auto'>({
    name: 'ahead',
    parse: parsePanel,
    fallback: 'auto',
  });
  // Decided once: a first budget that somebody makes meanwhile must not take away what is being read.
  const [atFirst] = useState<PanelName>(data?.length === 0 ? 'month' : 'budgets');
  const shown = chosen === 'auto' ? atFirst : chosen;
  return (
    <Section
      isDense
      title={shown === 'budgets' ? 'Budgets' : 'This month'}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <Segments isLow label="Ahead" value={shown} options={panels} onValueChange={choose} />
          <Link href="/settings#budgets" prefetch={false} className={buttonClassNames({ size: 'small' })}>
            Set budgets
          </Link>
        </div>
      }
    >
      {shown === 'budgets' ? budgets : <MonthOutlook />}
    </Section>
  );
}

function parsePanel(text: string): PanelName | null {
  return panels.find(({ value }) => value === text)?.value ?? null;
}

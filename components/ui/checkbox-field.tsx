'use client';

import { Checkbox } from '@base-ui/react/checkbox';
import { type ReactNode, useId } from 'react';
import { Icon } from './icon.tsx';

type CheckboxFieldProps = {
  readonly label: ReactNode;
  readonly note: string;
  readonly isChecked: boolean;
  readonly onCheckedChange: (isChecked: boolean) => void;
};

/** A box to tick, with a plain sentence of what ticking it means. */
export function CheckboxField({ label, note, isChecked, onCheckedChange }: CheckboxFieldProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <Checkbox.Root
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-note`}
        checked={isChecked}
        onCheckedChange={onCheckedChange}
        className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm border border-control bg-raised data-checked:border-accent data-checked:bg-accent"
      >
        <Checkbox.Indicator className="text-accent-ink">
          <Icon name="check" size={12} strokeWidth={2.5} />
        </Checkbox.Indicator>
      </Checkbox.Root>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box itself takes the keys; this only widens its target. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above. */}
      <div className="min-w-0 cursor-pointer" onClick={() => onCheckedChange(!isChecked)}>
        <div id={`${id}-label`} className="font-medium">
          {label}
        </div>
        <div id={`${id}-note`} className="text-sm text-muted">
          {note}
        </div>
      </div>
    </div>
  );
}

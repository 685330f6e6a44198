'use client';

import { Select } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { Skeleton } from './skeleton.tsx';
import { useHydrated } from './use-hydrated.ts';

type Option<Value extends string> = { readonly value: Value; readonly label: string };

type SelectFieldProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onValueChange: (value: Value) => void;
};

/** One of a short list, with its label before it. Use a text field with suggestions past about 20 options. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, value, options, onValueChange } = props;
  const isHydrated = useHydrated();
  if (!isHydrated) return <Skeleton className="h-9 w-40" />;
  return (
    <Select.Root
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next);
      }}
    >
      <div className="flex items-center gap-2">
        <Select.Label className="text-sm text-muted">{label}</Select.Label>
        <Select.Trigger className="flex h-9 items-center gap-2 rounded-md border border-control bg-raised px-2.5 text-base hover:border-ink">
          <Select.Value />
          <Select.Icon>
            <ChevronDown size={14} aria-hidden="true" />
          </Select.Icon>
        </Select.Trigger>
      </div>
      <Select.Portal>
        <Select.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-20">
          <Select.Popup className="min-w-(--anchor-width) rounded-md border border-hairline-strong bg-raised py-1 text-ink shadow-lg outline-none">
            <Select.List>
              {options.map((option) => (
                <Select.Item
                  key={option.value}
                  value={option.value}
                  className="grid h-8 cursor-default grid-cols-[16px_1fr] items-center gap-2 px-2 pr-4 outline-none data-highlighted:bg-accent-quiet"
                >
                  <Select.ItemIndicator className="col-start-1">
                    <Check size={14} aria-hidden="true" />
                  </Select.ItemIndicator>
                  <Select.ItemText className="col-start-2">{option.label}</Select.ItemText>
                </Select.Item>
              ))}
            </Select.List>
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}

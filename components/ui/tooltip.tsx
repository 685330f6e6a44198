'use client';

import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';

type TooltipProps = {
  /** The exact value behind the short one. */
  readonly exact: string;
  readonly children: ReactNode;
};

/**
 * Shows the exact value on hover and on keyboard focus. For what is read in passing; nothing that must be
 * known stands only here.
 */
export function Tooltip({ exact, children }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger className="cursor-help decoration-hairline-strong decoration-dotted underline-offset-4 hover:underline">
        {children}
      </BaseTooltip.Trigger>
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner sideOffset={6} className="z-30">
          <BaseTooltip.Popup className="max-w-80 rounded-md border border-hairline-strong bg-raised px-2 py-1 text-xs text-ink shadow-md">
            {exact}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}

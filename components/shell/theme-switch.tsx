'use client';

import { useTheme } from 'next-themes';
import { useId } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { useHydrated } from '#components/ui/use-hydrated.ts';

const themes = [
  { value: 'system', label: 'Auto' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Light, dark, or as the machine is set. Kept in this browser. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const isHydrated = useHydrated();
  const name = useId();
  return (
    <fieldset>
      <legend className="sr-only">Theme</legend>
      <div className="flex h-7 rounded-md border border-hairline-strong p-0.5">
        {themes.map(({ value, label }) => (
          <label
            key={value}
            className={classNames(
              'relative flex items-center rounded-sm px-1.5 text-xs text-muted hover:text-ink',
              'has-checked:bg-accent-quiet has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent',
            )}
          >
            <input
              type="radio"
              name={name}
              value={value}
              checked={isHydrated && theme === value}
              onChange={() => setTheme(value)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

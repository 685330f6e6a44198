'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { CheckboxField } from '#components/ui/checkbox-field.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { shortcutPlaces, shortcutsOffKey } from './shortcut-places.ts';

type Shortcut = { readonly keys: readonly string[]; readonly what: string };

const groups: readonly { readonly name: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    name: 'Everywhere',
    shortcuts: [
      ...Object.entries(shortcutPlaces).map(([key, { label }]) => ({ keys: ['g', key], what: label })),
      { keys: ['/'], what: 'To the first search field' },
      { keys: ['?'], what: 'This list' },
    ],
  },
  {
    name: 'Sessions',
    shortcuts: [
      { keys: ['↓', '↑'], what: 'From a session in the list to the next' },
      { keys: ['Enter'], what: 'Open it' },
    ],
  },
  {
    name: 'Messages',
    shortcuts: [
      { keys: ['Home'], what: 'To the first one' },
      { keys: ['End'], what: 'To the last one, and follow' },
      { keys: ['Esc'], what: 'Leave the search' },
    ],
  },
  { name: 'Spend chart', shortcuts: [{ keys: ['Esc'], what: 'Give up a selection that is being drawn' }] },
];

type ShortcutsDialogProps = { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void };

/** All keys, and whether the single ones are listened to. */
export function ShortcutsDialog({ isOpen, onOpenChange }: ShortcutsDialogProps) {
  const [isOn, setOn] = useState(() => localStorage.getItem(shortcutsOffKey) === null);
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title="Keys">
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        {groups.map(({ name, shortcuts }) => (
          <section key={name} aria-label={name}>
            <h3 className="pb-1 text-sm font-medium">{name}</h3>
            <dl className="flex flex-col gap-1 text-sm">
              {shortcuts.map(({ keys, what }) => (
                <div key={what} className="flex items-baseline gap-2">
                  <dt className="flex w-14 shrink-0 gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd className="text-muted">{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <CheckboxField
        label="Single keys work"
        note="Without it no key does anything by itself. Kept in this browser."
        isChecked={isOn}
        onCheckedChange={(next) => {
          setOn(next);
          if (next) localStorage.removeItem(shortcutsOffKey);
          else localStorage.setItem(shortcutsOffKey, '1');
        }}
      />
      <div className="flex justify-end">
        <Button onClick={() => onOpenChange(false)}>Close</Button>
      </div>
    </Dialog>
  );
}

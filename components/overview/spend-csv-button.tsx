'use client';

import { useMutation } from '@tanstack/react-query';
import { Button } from '#components/ui/button.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import type { SpendFile } from './save-spend.ts';

/** Keeps a table as a file. What makes it is loaded when it is asked for. */
export function SpendCsvButton({ file, disabled }: { readonly file: SpendFile; readonly disabled: boolean }) {
  const showToast = useToast();
  const save = useMutation({
    mutationFn: async () => {
      const { saveSpend } = await import('./save-spend.ts');
      saveSpend(file);
    },
    networkMode: 'always',
    onError: (error) => showToast(`The file could not be made: ${error.message}`),
  });
  return (
    <Button size="small" disabled={disabled} isBusy={save.isPending} onClick={() => save.mutate()}>
      CSV
    </Button>
  );
}

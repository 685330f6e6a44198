'use client';

import { useMutation } from '@tanstack/react-query';
import { useToast } from '#components/ui/use-toast.ts';
import { showProject } from '#lib/client/show-project.ts';

/** Turns to a project by a full load of the overview, so that nothing of the other one stays on any page. */
export function useShowProject() {
  const showToast = useToast();
  return useMutation({
    mutationFn: showProject,
    onSuccess: () => window.location.assign('/'),
    onError: (error) => showToast(`The project was not changed: ${error.message}`),
  });
}

'use client';

import { onlineManager, useMutation } from '@tanstack/react-query';
import { useToast } from '#components/ui/use-toast.ts';
import { showProject } from '#lib/client/show-project.ts';

/** Turns to a project by a full load of the overview, so that nothing of the other one stays on any page. */
export function useShowProject() {
  const showToast = useToast();
  return useMutation({
    mutationFn: showProject,
    networkMode: 'always',
    // Nothing more is asked about the project that is left: the server would look for it in the other one.
    onMutate: () => onlineManager.setOnline(false),
    onSuccess: () => window.location.assign('/'),
    onError: (error) => {
      onlineManager.setOnline(true);
      showToast(`The project was not changed: ${error.message}`);
    },
  });
}
